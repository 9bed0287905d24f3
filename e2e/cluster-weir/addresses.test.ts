import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, before, describe, it } from 'mocha';
import type { PodView } from '../cluster/pod-view.ts';
import { mustRun } from '../lab/command.ts';
import { namespacePath } from '../lab/net/namespace.ts';
import { probeAll } from '../lab/probe.ts';
import { inNamespaceCommand } from '../lab/process.ts';
import { type Reach, reachAll, untilReach } from './reach.ts';
import { WeirCluster } from './weir-cluster.ts';

/** Both begin at the same address, so that a node gives a pod what a pod of the other has or had. */
const blocks = { 'node-1': '10.244.7.16/28', 'node-2': '10.244.7.16/29' } as const;
const shared = '10.244.7.18';

interface PodOptions {
  readonly app: string;
  readonly node: string;
  /** A line of its spec. */
  readonly more?: string;
  /** Default: it serves on port 8080. */
  readonly container?: string;
}

const server = '{ name: c, image: agnhost, args: [netexec, --http-port=8080] }';
/** Is terminating for a while. */
const stubborn = '{ name: c, image: agnhost, args: [netexec, --http-port=8080, --delay-shutdown=600] }';
const script = (text: string): string => `{ name: c, image: shell, args: [-c, "${text}"] }`;

const podText = (name: string, { app, node, more = '', container = server }: PodOptions): string => `
apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: default, labels: { app: ${app}, run: ${name} } }
spec:
  nodeName: ${node}
  terminationGracePeriodSeconds: 600
  ${more}
  containers: [${container}]
`;

const statefulSet = (node: string): string => `
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db, namespace: default }
spec:
  replicas: 1
  serviceName: db
  selector: { matchLabels: { app: db } }
  template:
    metadata: { labels: { app: db, run: db } }
    spec:
      terminationGracePeriodSeconds: 1
      nodeSelector: { kubernetes.io/hostname: ${node} }
      containers: [${server}]
`;

/** Ingress of one app from peers alone. */
const policy = (app: string, from: string): string => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${app}, namespace: default }
spec:
  podSelector: { matchLabels: { app: ${app} } }
  policyTypes: [Ingress]
  ingress: [{ from: ${from} }]
`;

const fromRemoteNodes = `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: nodes, namespace: default }
spec: { endpointSelector: { matchLabels: { app: web } }, ingress: [{ fromEntities: [remote-node] }] }
`;

const isolated = `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: shut, namespace: default }
spec: { podSelector: { matchLabels: { app: shut } }, policyTypes: [Ingress, Egress] }
`;

/** More than an agent takes to see an interface change, and the operator a pod. */
const lookedMs = 1_000;

const fromClients =
  '[{ podSelector: { matchExpressions: [{ key: app, operator: In, values: [client, db] }] } }]';

describe('addresses of pods and nodes', function () {
  this.timeout(600_000);
  let weir: WeirCluster;
  let web: PodView;

  before(async function () {
    this.timeout(3_600_000);
    weir = await WeirCluster.up({
      nodes: [
        { name: 'node-1', podCidrs: [blocks['node-1']] },
        { name: 'node-2', podCidrs: [blocks['node-2']] },
        { name: 'node-3' },
      ],
      reuseAddresses: true,
      images: { shell: { command: ['/bin/sh'] } },
    });
    await weir.cluster.control.apply([policy('web', fromClients), policy('db', fromClients)].join('---'));
    web = await start('web', { app: 'web', node: 'node-3' });
  });
  after(() => weir?.down());

  const kubectl = (...args: readonly string[]): Promise<string> => weir.cluster.control.mustKubectl(...args);

  async function start(name: string, options: PodOptions): Promise<PodView> {
    await weir.cluster.control.apply(podText(name, options));
    return ready(name);
  }
  async function ready(name: string): Promise<PodView> {
    const [pod] = await weir.cluster.waitReady('default', `run=${name}`);
    return pod ?? assert.fail(name);
  }
  async function view(name: string): Promise<PodView | undefined> {
    return (await weir.cluster.pods('default')).find((pod) => pod.name === name);
  }
  /** Its object goes at once, the pod as soon as its node hears of that. */
  const kill = (...names: readonly string[]): Promise<string> =>
    kubectl('delete', 'pod', ...names, '--force', '--grace-period=0', '--wait=false');
  /** Waits until their addresses can be given out again. */
  async function remove(...pods: readonly PodView[]): Promise<void> {
    await kill(...pods.map(({ name }) => name));
    const networks = pods.filter(({ hostNetwork }) => !hostNetwork).map(({ network }) => network);
    await weir.cluster.until('free addresses', async () =>
      networks.every((network) => !existsSync(namespacePath(network))),
    );
  }
  const becomes = (from: PodView, expected: Reach, to = web): Promise<void> =>
    untilReach(weir.cluster, from, [to], expected);
  /** And stays so once all nodes have what the operator wants of them. */
  const settles = async (from: PodView, expected: Reach, to = web): Promise<void> => {
    await becomes(from, expected, to);
    await weir.inSync();
    assert.equal(await reachAll(from, [to]), expected, `${from.name} to ${to.name}`);
  };

  it('of a pod are another’s on another node as soon as that has them', async () => {
    const client = await start('client-1', { app: 'client', node: 'node-1' });
    assert.deepEqual(client.addresses, [shared]);
    await becomes(client, 'allow');
    await kill('client-1');
    const stranger = await start('stranger-1', { app: 'stranger', node: 'node-2' });
    assert.deepEqual(stranger.addresses, [shared]);
    await settles(stranger, 'deny');
    await kill('stranger-1');
    const next = await start('client-2', { app: 'client', node: 'node-1' });
    assert.deepEqual(next.addresses, [shared]);
    await becomes(next, 'allow');
    await remove(next);
  });

  it('of pods that have ended are nobody’s, though their objects stay', async () => {
    const client = await start('client-4', { app: 'client', node: 'node-2' });
    await becomes(client, 'allow');
    const ends = { app: 'stranger', node: 'node-1', more: 'restartPolicy: Never' };
    for (const [name, text, phase] of [
      ['done', 'exit 0', 'Succeeded'],
      ['lost', 'exit 3', 'Failed'],
    ] as const) {
      await weir.cluster.control.apply(podText(name, { ...ends, container: script(`sleep 1; ${text}`) }));
      await weir.cluster.until(phase, async () => (await view(name))?.phase === phase);
      assert.deepEqual((await view(name))?.addresses, [shared]);
      await settles(client, 'allow');
    }
    await kill('done', 'lost');
    await remove(client);
  });

  it('are no longer those of a terminating pod once another has them', async () => {
    const client = await start('client-3', { app: 'client', node: 'node-1', container: stubborn });
    await becomes(client, 'allow');
    await kubectl('delete', 'pod', 'client-3', '--wait=false');
    const stranger = await start('stranger-3', { app: 'stranger', node: 'node-2' });
    assert.deepEqual([client.addresses, stranger.addresses], [[shared], [shared]]);
    assert.equal((await view('client-3'))?.terminating, true);
    await settles(stranger, 'deny');
    await kill('stranger-3');
    // It serves on, and has its address for itself again.
    await becomes(client, 'allow');
    await kill('client-3');
  });

  it('of a StatefulSet’s pod change with its node, and its policies go with it', async () => {
    const client = await start('client-5', { app: 'client', node: 'node-3' });
    const stranger = await start('stranger-5', { app: 'stranger', node: 'node-3' });
    await weir.cluster.control.apply(statefulSet('node-1'));
    const first = await ready('db');
    const governs = async (db: PodView): Promise<void> => {
      await becomes(client, 'allow', db);
      await settles(stranger, 'deny', db);
      await becomes(db, 'allow');
    };
    await governs(first);
    const again = async (): Promise<PodView> => {
      await weir.cluster.until('another db-0', async () => {
        const pod = await view('db-0');
        return pod?.ready === true && pod.uid !== first.uid && !pod.terminating;
      });
      return ready('db');
    };
    await weir.cluster.control.apply(statefulSet('node-2'));
    const second = await again();
    assert.deepEqual([first.node, second.node, second.name], ['node-1', 'node-2', first.name]);
    await governs(second);
    // Where it was, another has its address; both objects were db-0.
    const heir = await start('heir', { app: 'stranger', node: 'node-1' });
    assert.deepEqual(heir.addresses, first.addresses);
    await kubectl('delete', 'statefulset', 'db');
    await weir.cluster.until('no db-0', async () => (await view('db-0')) === undefined);
    await settles(heir, 'deny');
    await remove(heir, client, stranger);
  });

  it('of a StatefulSet’s pod change though it comes again on its node before it has gone', async () => {
    const client = await start('client-6', { app: 'client', node: 'node-3' });
    const stranger = await start('stranger-6', { app: 'stranger', node: 'node-3' });
    await weir.cluster.control.apply(statefulSet('node-1'));
    const first = await ready('db');
    await kill('db-0');
    await weir.cluster.until('another db-0', async () => {
      const pod = await view('db-0');
      return pod?.ready === true && pod.uid !== first.uid;
    });
    const second = await ready('db');
    await becomes(client, 'allow', second);
    await settles(stranger, 'deny', second);
    await becomes(second, 'allow');
    await kubectl('delete', 'statefulset', 'db');
    await remove(client, stranger);
  });

  it('of host-network pods are their nodes’, whatever labels they have', async () => {
    const hostNetwork = { app: 'client', more: 'hostNetwork: true', container: script('exec sleep 600') };
    const far = await start('far', { ...hostNetwork, node: 'node-1' });
    const near = await start('near', { ...hostNetwork, node: 'node-3' });
    // A remote node, which no rule lets in, and the pod's own, which has to come in.
    await settles(far, 'deny');
    await settles(near, 'allow');
    await weir.cluster.control.apply(fromRemoteNodes);
    await becomes(far, 'allow');
    await kubectl('delete', 'ciliumnetworkpolicy', 'nodes');
    await becomes(far, 'deny');
    await remove(far, near);
  });

  it('of both families are one pod', async () => {
    const client = await start('client-7', { app: 'client', node: 'node-3' });
    const stranger = await start('stranger-7', { app: 'stranger', node: 'node-3' });
    for (const { addresses } of [web, client, stranger]) assert.equal(addresses.length, 2);
    await becomes(client, 'allow');
    await settles(stranger, 'deny');
    const sixth = `[{ ipBlock: { cidr: "${stranger.addresses[1]}/128" } }]`;
    await weir.cluster.control.apply(policy('web', sixth));
    const [fourth = '', other = ''] = web.addresses;
    await becomes(stranger, `mixed: ${fourth} deny, ${other} allow`);
    await settles(client, 'deny');
    await weir.cluster.control.apply(policy('web', fromClients));
    await becomes(client, 'allow');
    await remove(client, stranger);
  });

  describe('of a pod that nobody may ask and that may ask nobody', () => {
    let shut: PodView;
    const inside = (command: string): Promise<string> =>
      mustRun(inNamespaceCommand(shut.network, ['sh', '-c', command]));
    const reaches = async (source: string): Promise<Reach> => {
      const [target = ''] = web.addresses;
      const request = { namespace: shut.network, source, target, protocol: 'TCP', port: 8080 } as const;
      return (await probeAll([request], 400))[0]?.verdict === 'allow' ? 'allow' : 'deny';
    };

    before(async () => {
      await kubectl('delete', 'networkpolicy', 'web');
      await weir.cluster.control.apply(isolated);
      shut = await start('shut', { app: 'shut', node: 'node-1', container: stubborn });
    });

    after(async () => {
      await kubectl('delete', 'networkpolicy', 'shut');
      await weir.cluster.control.apply(policy('web', fromClients));
    });

    it('are no way out when the pod gives them up for another', async () => {
      await settles(shut, 'deny');
      const [own = ''] = shut.addresses;
      const other = '10.244.7.25';
      const { namespace } = weir.cluster.plan.nodes[0] ?? assert.fail();
      // As a node has it that would route the other address to the pod.
      const device = `$(ip route get ${own} | sed -n 's/.* dev \\([^ ]*\\).*/\\1/p')`;
      await mustRun(inNamespaceCommand(namespace, ['sh', '-c', `ip route add ${other}/32 dev ${device}`]));
      await inside(`ip address add ${other}/32 dev eth0; ip address del ${own}/32 dev eth0`);
      await sleep(lookedMs);
      assert.equal(await reaches(other), 'deny');
      await inside(`ip address add ${own}/32 dev eth0`);
      await sleep(lookedMs);
      assert.deepEqual([await reaches(other), await reachAll(shut, [web])], ['deny', 'deny']);
    });

    it('open nothing once it was deleted by force, though its processes go on', async () => {
      await kubectl('delete', 'pod', 'shut', '--wait=false');
      await kill('shut');
      await weir.cluster.until('no pod', async () => (await view('shut')) === undefined);
      await sleep(lookedMs);
      await weir.inSync();
      assert.deepEqual([await reachAll(shut, [web]), await reachAll(web, [shut])], ['deny', 'deny']);
      assert.equal(existsSync(namespacePath(shut.network)), true);
    });
  });

  describe('that a node gets at run time', () => {
    const nodeOf = (name: string) =>
      weir.cluster.plan.nodes.find((node) => node.name === name) ?? assert.fail(name);
    const onNode = (name: string, command: string): Promise<string> =>
      mustRun(inNamespaceCommand(nodeOf(name).namespace, ['sh', '-c', command]));
    const from = async (node: string, source: string): Promise<Reach> => {
      const { namespace } = nodeOf(node);
      const [target = ''] = web.addresses;
      const [result] = await probeAll([{ namespace, source, target, protocol: 'TCP', port: 8080 }], 400);
      return result?.verdict === 'allow' ? 'allow' : 'deny';
    };
    const reaches = (node: string, source: string, expected: Reach): Promise<void> =>
      weir.cluster.until(
        `${source} of ${node} to be ${expected}`,
        async () => (await from(node, source)) === expected,
      );

    it('are the host to its own pods', async () => {
      await onNode('node-3', 'ip address add 192.0.2.77/32 dev lo');
      await reaches('node-3', '192.0.2.77', 'allow');
      await onNode('node-3', 'ip address del 192.0.2.77/32 dev lo');
    });

    it('are a remote node to others once its Node has them', async () => {
      const [hop = ''] = nodeOf('node-1').addresses;
      await onNode('node-1', 'ip address add 192.0.2.78/32 dev lo');
      await onNode('node-3', `ip route add 192.0.2.78/32 via ${hop}`);
      await weir.cluster.control.apply(fromRemoteNodes);
      await reaches('node-1', hop, 'allow');
      assert.equal(await from('node-1', '192.0.2.78'), 'deny');
      const told = [...nodeOf('node-1').addresses, '192.0.2.78'].map((address) => ({
        type: 'InternalIP',
        address,
      }));
      const tell = (addresses: readonly object[]): Promise<string> =>
        kubectl(
          ...['patch', 'node', 'node-1', '--subresource=status', '--type=merge', '-p'],
          JSON.stringify({ status: { addresses } }),
        );
      await tell(told);
      await reaches('node-1', '192.0.2.78', 'allow');
      await tell(told.slice(0, -1));
      await reaches('node-1', '192.0.2.78', 'deny');
      assert.equal(await from('node-1', hop), 'allow');
    });
  });
});
