import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, afterEach, before, describe, it } from 'mocha';
import type { PodView } from '../cluster/pod-view.ts';
import { each } from '../cluster-source/objects.ts';
import { type Reach, reachAll } from './reach.ts';
import { Shots } from './shots.ts';
import { WeirCluster } from './weir-cluster.ts';
import { deployment, onlyFrom } from './workloads.ts';

const denials = '/apis/cilium.io/v2/namespaces/default/ciliumnetworkpolicies';
const policies = '/apis/networking.k8s.io/v1/namespaces/default/networkpolicies';
const manyPolicies = 2_000;
const outageMs = 60_000;

/** A policy for all pods of the test that lets nobody in. */
const closed = (name: string, app: string): unknown => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name },
  spec: { podSelector: { matchLabels: { app } }, policyTypes: ['Ingress'] },
});

/** Takes precedence over what allows. */
const denial = (name: string): unknown => ({
  apiVersion: 'cilium.io/v2',
  kind: 'CiliumNetworkPolicy',
  metadata: { name },
  spec: { endpointSelector: { matchLabels: { app: 'web' } }, ingressDeny: [{ fromEntities: ['all'] }] },
});

/** Over a denial: it would let everybody in, were it not refused as a whole. */
const refused = {
  spec: { ingressDeny: null, ingress: [{}], egress: [{ toFQDNs: [{ matchName: 'weir.dev' }] }] },
};

describe('what fails around Weir', function () {
  this.timeout(180_000);
  let weir: WeirCluster;
  let web: readonly PodView[];
  let client: PodView;
  let other: PodView;

  before(async function () {
    this.timeout(3_600_000);
    weir = await WeirCluster.up({ wiring: 'mixed' });
    await weir.cluster.control.apply(
      [deployment('web', 2), deployment('client', 1), deployment('other', 1)].join('---\n'),
    );
    await weir.cluster.control.apply(onlyFrom('web', 'web', 'client'));
    web = await weir.cluster.waitReady('default', 'app=web', 2);
    client = await one('client');
    other = await one('other');
    await becomes(other, 'deny');
  });
  after(() => weir?.down());
  /** Whatever has happened: what is applied now is enforced, and what was is so too. */
  afterEach(async function () {
    if (this.currentTest?.state !== 'passed') return;
    await becomes(client, 'allow');
    await becomes(other, 'deny');
    await deny('last');
    await becomes(client, 'deny');
    await permit('last');
    await becomes(client, 'allow');
    await weir.inSync(operator);
  });

  let operator = 'operator';
  const one = async (app: string): Promise<PodView> => {
    const [pod] = await weir.cluster.waitReady('default', `app=${app}`);
    assert.ok(pod);
    return pod;
  };
  /** An agent that has lost its operator several times comes back after 15 s at the latest. */
  const becomes = (from: PodView, expected: Reach, ms = 30_000): Promise<void> =>
    weir.cluster.until(
      `${from.name} to be ${expected}`,
      async () => (await reachAll(from, web)) === expected,
      ms,
    );
  const create = (name: string, app = 'nobody'): Promise<unknown> =>
    weir.client.request({ method: 'POST', path: policies, body: closed(name, app) });
  const remove = (name: string): Promise<unknown> =>
    weir.client.request({ method: 'DELETE', path: `${policies}/${name}` });
  const deny = (name: string): Promise<unknown> =>
    weir.client.request({ method: 'POST', path: denials, body: denial(name) });
  const permit = (name: string): Promise<unknown> =>
    weir.client.request({ method: 'DELETE', path: `${denials}/${name}` });
  const shots = (from: PodView, interval: number): readonly Shots[] =>
    web.map(
      ({ addresses: [address = ''] }) =>
        new Shots({ namespace: from.network, address, port: 8081 }, interval),
    );

  /** Runs something under traffic of which every packet has to be judged as before. */
  async function underTraffic(job: () => Promise<void>, interval = 20): Promise<number> {
    const allowed = shots(client, interval);
    const denied = shots(other, interval);
    try {
      await job();
    } finally {
      await Promise.all([...allowed, ...denied].map((one) => one.stop()));
    }
    assert.deepEqual(
      [allowed.map(({ lost }) => lost), denied.map(({ answered }) => answered)],
      [
        [0, 0],
        [0, 0],
      ],
    );
    return allowed.reduce((sum, { sent }) => sum + sent, 0);
  }

  it('an API server that is down for a minute, and agents and operators that start anew meanwhile', async () => {
    await underTraffic(async () => {
      const until = performance.now() + outageMs;
      await weir.cluster.control.stop('apiserver');
      await weir.end('agent-node-1', 'SIGKILL');
      await weir.startAgent('node-1');
      await weir.inSync();
      await weir.end('operator', 'SIGKILL');
      const back = weir.startOperator({ patience: 2 * outageMs });
      await weir.end('agent-node-2', 'SIGKILL');
      await weir.startAgent('node-2');
      await sleep(until - performance.now());
      assert.doesNotMatch(weir.log('operator').split('"stopping"').at(-1) ?? '', /"level":"error"/);
      await weir.cluster.control.start('apiserver');
      await back;
      await weir.inSync();
    });
  });

  it('an etcd that has forgotten where a watch was (410)', async () => {
    const { relay, kubeconfig } = await weir.cuttable();
    await weir.end('operator');
    await weir.startOperator({ kubeconfig, flags: ['--metrics-listen=127.0.0.1:9441'] });
    await weir.inSync();
    await deny('forgotten');
    await becomes(client, 'deny');
    relay.closed = true;
    relay.cut();
    await permit('forgotten');
    for (let index = 0; index < 20; index++) {
      await create(`past-${index}`);
      await remove(`past-${index}`);
    }
    await weir.cluster.control.compact();
    await weir.cluster.control.restart('apiserver');
    assert.equal(await reachAll(client, web), 'deny', 'nothing changes while nothing is heard');
    relay.closed = false;
    await becomes(client, 'allow');
    // What was enforced came by another kind's watch: this one's may still be waiting for its next try.
    const expired = /^weir_source_total\{resource="networkpolicies[^"]*",what="expired"\} [1-9]/m;
    await weir.cluster.until('a 410', async () => expired.test(await weir.page(9441, '/metrics')));
  });

  it('a watch that is cut every second', async () => {
    const { relay, kubeconfig } = await weir.cuttable();
    await weir.end('operator');
    await weir.startOperator({ kubeconfig });
    await weir.inSync();
    const timer = setInterval(() => relay.cut(), 1_000);
    try {
      for (let round = 0; round < 5; round++) {
        await deny('cut');
        await becomes(client, 'deny');
        await permit('cut');
        await becomes(client, 'allow');
      }
      assert.ok(relay.connections > 20, `${relay.connections} connections`);
    } finally {
      clearInterval(timer);
    }
  });

  it('an operator that is killed in the middle of a push', async () => {
    for (const ms of [0, 20]) {
      const names = Array.from({ length: 30 }, (_, index) => `pushed-${index}`);
      const applied = Promise.all(names.map(deny));
      const since = weir.commits('node-1').now.commit;
      await weir.cluster.until('a push', async () => weir.commits('node-1').now.commit !== since || ms === 0);
      await sleep(ms);
      await weir.end('operator', 'SIGKILL');
      await applied;
      await weir.startOperator();
      await becomes(client, 'deny');
      await weir.inSync();
      await Promise.all(names.map(permit));
      await becomes(client, 'allow');
    }
  });

  it('two operators that both think that they lead', async () => {
    await weir.startOperator({ name: 'second' });
    await weir.end('agent-node-2');
    await weir.startAgent('node-2', { operators: ['second', 'operator'] });
    const connected = (): boolean => weir.operatorStatus('second').nodes['node-2']?.connected === true;
    await weir.cluster.until('the agent at the second', async () => connected());
    await underTraffic(async () => {
      await create('both', 'nobody');
      await sleep(500);
      await weir.end('operator', 'SIGKILL');
      await weir.end('agent-node-1');
      await weir.startAgent('node-1', { operators: ['operator', 'second'] });
      await weir.inSync('second');
    });
    const [first, second] = ['node-1', 'node-2'].map((node) => weir.operatorStatus('second').nodes[node]);
    assert.deepEqual([first?.connected, second?.connected], [true, true]);
    await remove('both');
    operator = 'second';
  });

  it('an invalid policy over a valid one while no operator runs', async () => {
    await deny('shut');
    await becomes(client, 'deny');
    await weir.cluster.control.mustKubectl(
      'wait',
      '--for=condition=Enforced',
      'ciliumnetworkpolicy/shut',
      '--timeout=20s',
    );
    await weir.end('second', 'SIGKILL');
    await weir.client.request({
      method: 'PATCH',
      path: `${denials}/shut`,
      contentType: 'application/merge-patch+json',
      body: refused,
    });
    await weir.startOperator();
    operator = 'operator';
    await weir.end('agent-node-2');
    await weir.startAgent('node-2');
    await weir.inSync();
    assert.equal(await reachAll(client, web), 'deny');
    const conditions = await weir.cluster.control.mustKubectl(
      'get',
      'ciliumnetworkpolicy/shut',
      '-o',
      'jsonpath={.status.conditions}',
    );
    assert.match(conditions, /"status":"False","type":"Valid"/);
    await permit('shut');
    await becomes(client, 'allow');
  });

  it(`${manyPolicies} policies applied at once, and deleted at once`, async () => {
    await underTraffic(async () => {
      await each(manyPolicies, (index) => create(`many-${index}`, index % 2 === 0 ? 'nobody' : 'other'));
      await weir.inSync();
      assert.equal(await reachAll(web[0] ?? client, [other]), 'deny');
      await weir.client.request({
        method: 'DELETE',
        path: policies,
        query: { labelSelector: '!keep', fieldSelector: 'metadata.name!=web' },
      });
    });
    await weir.cluster.until(
      'all to be gone',
      async () => (await reachAll(web[0] ?? client, [other])) === 'allow',
    );
  });
});
