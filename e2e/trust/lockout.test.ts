import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'mocha';
import { mustRun } from '../lab/command.ts';
import type { Flow } from '../lab/flow.ts';
import { Lab } from '../lab/lab.ts';
import { matrixHolds } from '../lab/matrix-holds.ts';
import { repository } from '../lab/process.ts';
import { mustReadState } from '../lab/state.ts';
import { operatorSpec } from '../lab/weir.ts';
import { until } from '../until.ts';

const samples = join(repository, 'config/samples/shop');
const name = `tr${process.pid}`;
/** In the operator's network namespace. */
const metricsListen = '127.0.0.1:7445';
const soonMs = 60_000;

/** Every pod, both directions, and nothing allowed. */
const closed = `
apiVersion: cilium.io/v2
kind: CiliumClusterwideNetworkPolicy
metadata: { name: closed }
spec: { endpointSelector: {}, ingress: [], egress: [], enableDefaultDeny: { ingress: true, egress: true } }
`;

/** Nothing that any other policy says helps. */
const denied = `
apiVersion: cilium.io/v2
kind: CiliumClusterwideNetworkPolicy
metadata: { name: denied }
spec:
  endpointSelector: {}
  ingressDeny: [{ fromEntities: [all] }]
  egressDeny: [{ toEntities: [all] }]
`;

/** Nothing gets to any pod, but all may send. */
const unreachable = `
apiVersion: cilium.io/v2
kind: CiliumClusterwideNetworkPolicy
metadata: { name: unreachable }
spec: { endpointSelector: {}, ingressDeny: [{ fromEntities: [cluster, world] }] }
`;

describe('what policies and modes leave alone', function () {
  this.timeout(600_000);
  let lab: Lab;

  const mode = (node: string): string | undefined =>
    (lab.operatorStatus()?.nodes[node] as { readonly mode?: string } | undefined)?.mode;
  const podsOn = (node: string): readonly string[] =>
    lab.plan.pods.filter((pod) => pod.node === node && !pod.hostNetwork).map(({ key }) => key);
  const ping = (from: string, to: string): Flow => ({ from, to, protocol: 'ICMP', port: 0 });
  const verdicts = async (flows: readonly Flow[]): Promise<readonly string[]> => [
    ...new Set((await lab.probeAll(flows)).map(({ verdict }) => verdict)),
  ];
  /** From every pod to every other of a node. */
  const among = (node: string): readonly Flow[] =>
    podsOn(node).flatMap((to) => podsOn(node).flatMap((from) => (from === to ? [] : [ping(from, to)])));
  const probes = (): readonly Flow[] =>
    lab.plan.nodes.flatMap((node) => podsOn(node.name).map((pod) => ping(node.name, pod)));
  const betweenNodes = (): readonly Flow[] =>
    lab.plan.nodes.flatMap((from) =>
      lab.plan.nodes.flatMap((to) => (from === to ? [] : [ping(from.name, to.name)])),
    );
  const metrics = (): Promise<string> => {
    const { namespace } = lab.plan.operator;
    const script = `fetch('http://${metricsListen}/metrics').then((page) => page.text()).then(console.log)`;
    return mustRun(['nsenter', `--net=/run/netns/${namespace}`, process.execPath, '-e', script]);
  };
  const restartOperator = async (...flags: readonly string[]): Promise<void> => {
    await lab.stopOperator();
    await lab.startOperator([...operatorSpec(mustReadState(name)).command, ...flags]);
    await until('a new operator has served', () => connected(lab), soonMs);
    await lab.waitEnforced();
  };

  before(async () => {
    lab = await Lab.up({ folder: samples, name, wiring: 'p2p', attach: 'tcx' });
    await lab.waitEnforced();
  });
  afterEach(async () => {
    for (const file of ['closed.yaml', 'denied.yaml', 'unreachable.yaml']) lab.removeManifest(file);
    await lab.waitEnforced();
  });
  after(() => lab?.down());

  it('agents, operator and nodes reach each other under a policy that denies all, which is lifted with it', async () => {
    lab.applyManifest('denied.yaml', denied);
    await lab.waitEnforced();
    for (const node of lab.plan.nodes)
      assert.deepEqual(await verdicts(among(node.name)), ['deny'], node.name);
    assert.deepEqual(await verdicts(betweenNodes()), ['allow']);
    // All begin anew under the policy: nothing lives on connections that were open before.
    await Promise.all(lab.plan.nodes.map((node) => lab.killAgent(node.name)));
    await lab.stopOperator();
    await lab.startOperator();
    await Promise.all(lab.plan.nodes.map((node) => lab.startAgent(node.name)));
    await until('all agents are back', () => connected(lab), soonMs);
    await lab.waitEnforced();
    for (const node of lab.plan.nodes)
      assert.deepEqual(await verdicts(among(node.name)), ['deny'], node.name);
    lab.removeManifest('denied.yaml');
    await lab.waitEnforced();
    await matrixHolds(lab);
  });

  it("kubelet's probes reach pods that nothing else reaches", async () => {
    lab.applyManifest('closed.yaml', closed);
    await lab.waitEnforced();
    assert.deepEqual(await verdicts(probes()), ['allow']);
  });

  it('a node that is observed drops nothing and tells what it would deny; the others enforce', async () => {
    lab.applyManifest('unreachable.yaml', unreachable);
    await restartOperator('--observe-node=node-1', `--metrics-listen=${metricsListen}`);
    assert.deepEqual([mode('node-1'), mode('node-2')], ['observe', 'enforce']);
    assert.deepEqual(await verdicts(among('node-1')), ['allow']);
    assert.deepEqual(await verdicts(among('node-2')), ['deny']);
    const log = () => lab.agentLog('node-1');
    await until('it is told', () => /"message":"flow would be denied"/.test(log()), soonMs);
    assert.match(log(), /"rules":\["CiliumClusterwideNetworkPolicy unreachable/);
    const counted = [
      /^weir_observed_denials_total\{node="node-1"\} [1-9]/m,
      /^weir_denied_packets_total\{node="node-2"\} [1-9]/m,
    ];
    let page = '';
    await until(
      () => `both in the metrics: ${page.match(/^weir_(observed|denied).*/gm)}`,
      async () => {
        page = await metrics();
        return counted.every((line) => line.test(page));
      },
      soonMs,
    );
    await restartOperator();
    assert.deepEqual([mode('node-1'), mode('node-2')], ['enforce', 'enforce']);
    assert.deepEqual(await verdicts(among('node-1')), ['deny']);
  });

  it('beside Cilium an agent only observes', async () => {
    const node = lab.plan.nodes.find((each) => each.name === 'node-2');
    assert.ok(node);
    const ip = (...words: readonly string[]) => mustRun(['ip', '-n', node.namespace, 'link', ...words]);
    lab.applyManifest('unreachable.yaml', unreachable);
    await lab.waitEnforced();
    assert.deepEqual(await verdicts(among('node-2')), ['deny']);
    const restart = async (expected: string): Promise<void> => {
      await lab.stopAgent('node-2');
      await lab.startAgent('node-2');
      await until(`mode ${expected}`, () => connected(lab) && mode('node-2') === expected, soonMs);
    };
    await ip('add', 'cilium_host', 'type', 'veth', 'peer', 'name', 'cilium_net');
    try {
      await restart('observe');
      assert.deepEqual(await verdicts(among('node-2')), ['allow']);
      assert.match(lab.agentLog('node-2'), /"message":"another policy engine is active on this node"/);
    } finally {
      await ip('del', 'cilium_host');
    }
    await restart('enforce');
    assert.deepEqual(await verdicts(among('node-2')), ['deny']);
  });
});

const connected = (lab: Lab): boolean => {
  const nodes = lab.operatorStatus()?.nodes ?? {};
  return lab.plan.nodes.every(({ name: node }) => nodes[node]?.connected === true);
};
