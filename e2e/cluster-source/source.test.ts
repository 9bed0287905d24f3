import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { keyOf, keyText } from '@weir/operator/src/model/object-key.ts';
import { after, afterEach, before, describe, it } from 'mocha';
import { ControlPlane } from '../cluster/control-plane.ts';
import { until } from '../until.ts';
import { Cuttable } from './cuttable.ts';
import { Follower, type FollowOptions } from './follower.ts';
import {
  ciliumPolicy,
  ciliumPolicyPath,
  create,
  each,
  giveAddress,
  installCilium,
  networkPolicy,
  networkPolicyPath,
  pod,
  podPath,
  remove,
  replace,
  retry,
} from './objects.ts';

const shortly = 60_000;

describe('source of a real API server', function () {
  this.timeout(600_000);
  let plane: ControlPlane;
  let way: Cuttable;
  let wayConfig: string;
  let admin: Follower;
  const followers: Follower[] = [];

  const follow = (options?: FollowOptions, kubeconfig = plane.kubeconfig): Follower => {
    const follower = new Follower(kubeconfig, options);
    followers.push(follower);
    return follower;
  };
  /** The names of all pods that it has are those that the API server has, and so are their versions. */
  const sees = (follower: Follower, names: readonly string[]): Promise<void> =>
    until(
      () => `${names.length} pods: ${follower.cluster.state.pods.size}, ${JSON.stringify(follower.problems)}`,
      () => sameNames(follower, names),
      shortly,
    );

  before(async function () {
    this.timeout(900_000);
    plane = await ControlPlane.up({ controllers: false });
    way = new Cuttable(plane.server);
    wayConfig = await way.open(plane.kubeconfig);
    admin = new Follower(plane.kubeconfig);
  });
  afterEach(async () => {
    for (const follower of followers.splice(0)) await follower.stop();
    way.silent = false;
    const { client } = admin;
    const all = { method: 'DELETE', timeoutMs: 300_000 } as const;
    await client.request({ ...all, path: podPath, query: { gracePeriodSeconds: 0 } });
    await client.request({ ...all, path: networkPolicyPath });
  });
  after(async () => {
    await admin?.stop();
    await way?.close();
    await plane?.down();
  });

  it('tells all kinds in one batch, CRDs that are missing as empty', async () => {
    await create(admin.client, podPath, pod('web', { app: 'web' }));
    await giveAddress(admin.client, 'web', '10.1.0.7');
    await create(admin.client, networkPolicyPath, networkPolicy('locked'));
    const follower = follow();
    await follower.source.start();
    const [first = []] = follower.batches;
    const keys = first.map((event) => keyText(event.kind === 'upsert' ? keyOf(event.object) : event.key));
    assert.deepEqual(keys.filter((key) => !/^Namespace|kubernetes/.test(key)).sort(), [
      'NetworkPolicy/default/locked',
      'Pod/default/web',
    ]);
    assert.ok(keys.includes('Namespace//default'));
    const seen = follower.cluster.state.pods.get('default/web');
    assert.deepEqual(
      [seen?.addresses.map(({ text }) => text), seen?.node, seen?.labels.get('app')],
      [['10.1.0.7/32'], 'node-1', 'web'],
    );
    const states = Object.fromEntries(
      follower.source.resources.map(({ resource, state }) => [resource, state.kind]),
    );
    assert.equal(states['ciliumnetworkpolicies.cilium.io'], 'absent');
    assert.equal(states.pods, 'watching');
    assert.deepEqual(follower.problems, []);
  });

  it('follows a CRD that is installed later, and says of each policy what was refused', async () => {
    const follower = follow({ absentMs: { first: 100, most: 500 } });
    await follower.source.start();
    await installCilium(admin.client);
    await retry(() => create(admin.client, ciliumPolicyPath, ciliumPolicy('good')));
    await create(admin.client, ciliumPolicyPath, ciliumPolicy('bad', { endpointSelector: {}, ingres: [{}] }));
    await until('both', () => follower.cluster.state.policies.size === 2, shortly);
    const { policies } = follower.cluster.state;
    assert.equal(policies.get('CiliumNetworkPolicy/default/good')?.accepted, true);
    assert.equal(policies.get('CiliumNetworkPolicy/default/bad')?.accepted, false);
    const [problem] = follower.problems;
    assert.deepEqual(problem?.place, { kind: 'api', resource: 'ciliumnetworkpolicies.cilium.io' });
    assert.deepEqual([problem?.object?.name, problem?.path], ['bad', 'spec.ingres']);
    const bad = follower.policies.get('CiliumNetworkPolicy/default/bad');
    assert.deepEqual([bad?.generation, bad?.refused[0]?.path], [1, 'spec.ingres']);
    // A version that is repaired, and then the object is gone.
    await replace(admin.client, ciliumPolicyPath, 'bad', ciliumPolicy('bad'));
    await until(
      'repaired',
      () => follower.policies.get('CiliumNetworkPolicy/default/bad')?.generation === 2,
      shortly,
    );
    await until('no problem', () => follower.problems.length === 0, shortly);
    await remove(admin.client, `${ciliumPolicyPath}/bad`);
    await remove(admin.client, `${ciliumPolicyPath}/good`);
    await until(
      'both gone',
      () => follower.cluster.state.policies.size === 0 && follower.policies.size === 0,
      shortly,
    );
  });

  it('lets the objects of a CRD go with it', async () => {
    await retry(() => create(admin.client, ciliumPolicyPath, ciliumPolicy('last')));
    const follower = follow({ absentMs: { first: 100, most: 500 } });
    await follower.source.start();
    assert.equal(follower.cluster.state.policies.size, 1);
    const name = 'ciliumnetworkpolicies.cilium.io';
    await remove(admin.client, `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${name}`);
    await until('gone', () => follower.cluster.state.policies.size === 0, shortly);
    const state = (): string | undefined =>
      follower.source.resources.find(({ resource }) => resource === name)?.state.kind;
    await until('absent', () => state() === 'absent', shortly);
    assert.deepEqual(follower.problems, []);
  });

  it('loses nothing while its connections are cut each second', async () => {
    const follower = follow({ retryMs: { first: 20, most: 200 } }, wayConfig);
    await follower.source.start();
    const cutting = setInterval(() => way.cut(), 1_000);
    try {
      await each(500, async (at) => {
        await create(admin.client, podPath, pod(`cut-${at}`));
        await sleep(200);
        if (at % 2 === 0) await remove(admin.client, `${podPath}/cut-${at}`);
      });
    } finally {
      clearInterval(cutting);
    }
    await sees(follower, odd(500, 'cut'));
    assert.ok(follower.count('pods watch') >= 3, `${follower.count('pods watch')} watches`);
    assert.equal(follower.count('pods list'), 1);
  });

  it('notices a connection that is silent', async () => {
    const follower = follow({ idleMs: 1_500 }, wayConfig);
    await follower.source.start();
    way.silent = true;
    await create(admin.client, podPath, pod('unseen'));
    await sleep(500);
    assert.equal(follower.cluster.state.pods.size, 0);
    way.silent = false;
    // What was on its way is lost with the connection, which nobody has closed.
    await sees(follower, ['unseen']);
  });

  it('keeps everything while the API server is away, and goes on after that', async () => {
    await each(50, (at) => create(admin.client, podPath, pod(`stay-${at}`)));
    await create(admin.client, networkPolicyPath, networkPolicy('stays'));
    const follower = follow();
    await follower.source.start();
    await plane.stop('apiserver');
    await until('told', () => follower.problems.some(({ object }) => object === undefined), shortly);
    await sleep(3_000);
    await plane.start('apiserver');
    await retry(() => create(admin.client, podPath, pod('new')));
    await sees(follower, [...all(50, 'stay'), 'new']);
    await until('no problem', () => follower.problems.length === 0, shortly);
    assert.deepEqual(follower.removed, []);
    assert.equal(follower.cluster.state.policies.size, 1);
  });

  it('lists again what the API server has forgotten, and removes what is gone then', async () => {
    await each(30, (at) => create(admin.client, podPath, pod(`old-${at}`)));
    const follower = follow({}, wayConfig);
    await follower.source.start();
    way.silent = true;
    way.cut();
    await remove(admin.client, `${podPath}/old-0`);
    await remove(admin.client, `${podPath}/old-1`);
    // The same name, another object: nothing of the former may be carried over.
    await create(admin.client, podPath, pod('old-1', { again: 'yes' }));
    await create(admin.client, networkPolicyPath, networkPolicy('new'));
    await plane.stop('apiserver');
    await plane.compact();
    await plane.start('apiserver');
    way.silent = false;
    way.cut();
    await sees(follower, all(30, 'old').slice(1));
    await until('policy', () => follower.cluster.state.policies.size === 1, shortly);
    assert.ok(follower.count('pods list') >= 2, 'listed again');
    assert.ok(follower.count('pods expired') >= 1, 'expired');
    assert.deepEqual(follower.removed.map(({ name }) => name).sort(), ['old-0', 'old-1']);
    assert.equal(follower.cluster.state.pods.get('default/old-1')?.labels.get('again'), 'yes');
  });

  it('reads 2,000 pods by pages, and a list again tells nothing that is known', async () => {
    await each(2_000, (at) => create(admin.client, podPath, pod(`many-${at}`)));
    const follower = follow({}, undefined);
    const began = performance.now();
    await follower.source.start();
    assert.ok(performance.now() - began < 30_000, `${performance.now() - began} ms`);
    assert.ok(sameNames(follower, all(2_000, 'many')));
    const again = follow({ pageSize: 150 });
    await again.source.start();
    assert.ok(sameNames(again, all(2_000, 'many')));
    assert.equal(follower.batches.length, 1);
  });

  it('says what it may not read, and starts when it may', async () => {
    const kubeconfig = await plane.userKubeconfig({ user: 'nobody' });
    const follower = follow({}, kubeconfig);
    let started = false;
    const start = follower.source.start().then(() => {
      started = true;
    });
    await until('told', () => follower.problems.some(({ message }) => /forbidden/.test(message)), shortly);
    assert.equal(started, false);
    assert.deepEqual(follower.batches, []);
    await plane.mustKubectl(
      'create',
      'clusterrolebinding',
      'nobody',
      '--clusterrole=cluster-admin',
      '--user=nobody',
    );
    await start;
    await until('no problem', () => follower.problems.length === 0, shortly);
  });
});

const all = (count: number, prefix: string): readonly string[] =>
  Array.from({ length: count }, (_, at) => `${prefix}-${at}`);
const odd = (count: number, prefix: string): readonly string[] =>
  all(count, prefix).filter((_, at) => at % 2 === 1);

function sameNames(follower: Follower, names: readonly string[]): boolean {
  const { pods } = follower.cluster.state;
  return pods.size === names.length && names.every((name) => pods.has(`default/${name}`));
}
