import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { ClusterState } from '@weir/operator/src/model/cluster.ts';
import { ClusterLab } from '../cluster/cluster-lab.ts';
import { deployment } from '../cluster/deployment.ts';
import { mustRun } from '../lab/command.ts';
import { familyOf } from '../lab/net/family.ts';
import { type ProbeResult, patience, probeAll } from '../lab/probe.ts';
import { inNamespaceCommand } from '../lab/process.ts';
import { type ServiceFlow, went } from './service-flow.ts';
import { isEnforced, readCluster, startWeir } from './weir-on-cluster.ts';

const pods = (app: string, replicas: number, labels: Readonly<Record<string, string>> = {}): string =>
  deployment(app, replicas, { labels, container: 'ports: [{ name: web, containerPort: 8080 }]' });

/** A pod that goes on serving, ready, for ten minutes while it is terminating. */
const slowPod = (name: string, app: string, node: string): string => `
apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: default, labels: { app: ${app}, part: slow } }
spec:
  nodeName: ${node}
  terminationGracePeriodSeconds: 600
  containers:
    - { name: c, image: agnhost, args: [netexec, --http-port=8080, --udp-port=8081, --delay-shutdown=600] }
`;

/** A pod that serves and never gets ready. */
const earlyPod = `
apiVersion: v1
kind: Pod
metadata: { name: early, namespace: default, labels: { app: early } }
spec:
  terminationGracePeriodSeconds: 1
  containers:
    - name: c
      image: agnhost
      args: [netexec, --http-port=8080, --udp-port=8081]
      readinessProbe: { tcpSocket: { port: 9 } }
`;

const external = ['198.51.100.80', '198.51.100.81'] as const;

describe('services by a real kube-proxy, of a real API server', function () {
  this.timeout(600_000);
  let cluster: ClusterLab;
  let state: ClusterState;

  before(async function () {
    this.timeout(1_800_000);
    // One node of each wiring.
    cluster = await ClusterLab.up({ name: `kp${process.pid}`, wiring: 'mixed', proxy: true });
    await startWeir(cluster);
    const server = { side: 'server' };
    const servers = [pods('good', 2, server), pods('bad', 1, server)];
    await cluster.control.apply(
      [...servers, pods('client', 2), pods('self', 1), pods('guarded', 1)].join('---'),
    );
    await cluster.control.apply(readFileSync(join(import.meta.dirname, 'fixtures/kube-proxy.yaml'), 'utf8'));
    await cluster.waitReady('default', 'app', 7);
    await openBridges();
    await settle();
  });
  after(() => cluster?.down());

  /** As CNI plugins with bridges have it: a node's rules see what its pods send each other, and themselves. */
  async function openBridges(): Promise<void> {
    for (const { namespace } of cluster.plan.nodes.filter(({ wiring }) => wiring === 'bridge')) {
      const command = [
        'sysctl -qw net.bridge.bridge-nf-call-iptables=1 net.bridge.bridge-nf-call-ip6tables=1',
        "bridge -o link show | sed -n 's/^[0-9]*: \\([^@:]*\\).*master cni0.*/\\1/p' | while read port; do bridge link set dev $port hairpin on; done",
      ].join('; ');
      await mustRun(inNamespaceCommand(namespace, ['sh', '-c', command]));
    }
  }

  /** Waits until the API server has told everybody, and Weir is done. */
  async function settle(): Promise<void> {
    await sleep(1_000);
    await cluster.until('enforced bundles', async () => isEnforced(cluster, 5));
    state = await readCluster(cluster);
  }

  const podsOf = (app: string): readonly string[] =>
    [...state.pods.values()]
      .filter(({ labels, finished }) => labels.get('app') === app && !finished)
      .map(({ namespace, name }) => `${namespace}/${name}`);

  const addressesOf = (service: string): readonly string[] =>
    (state.services.get(`default/${service}`)?.addresses ?? [])
      .map(({ text }) => text.split('/')[0] ?? '')
      .filter((address) => !external.some((other) => other === address));

  const flows = (
    app: string,
    addresses: readonly string[],
    ...ports: readonly number[]
  ): readonly ServiceFlow[] =>
    podsOf(app).flatMap((from) =>
      addresses.flatMap((address) =>
        ports.map((port): ServiceFlow => ({ from, address, protocol: port === 81 ? 'UDP' : 'TCP', port })),
      ),
    );
  const to = (app: string, service: string): readonly ServiceFlow[] =>
    flows(app, addressesOf(service), 80, 81);
  const often = (list: readonly ServiceFlow[]): readonly ServiceFlow[] => Array(6).fill(list).flat();

  /** By real connections; from a pod, a node or the world. */
  async function probe(list: readonly ServiceFlow[], timeout = 1_500): Promise<readonly ProbeResult[]> {
    const places = new Map<string, Awaited<ReturnType<ClusterLab['place']>>>();
    for (const from of new Set(list.map((flow) => flow.from))) places.set(from, await cluster.place(from));
    const requests = list.map(({ from, address, protocol, port }) => {
      const place = places.get(from) ?? assert.fail(from);
      const own = place.addresses.find((candidate) => familyOf(candidate) === familyOf(address));
      const source = place.kind === 'world' ? own : undefined;
      return { namespace: place.namespace, source, target: address, protocol, port, datagram: 'echo ?\n' };
    });
    return probeAll(requests, timeout);
  }

  /** Kubernetes is eventually consistent: what does not hold yet gets some time. */
  async function go(expected: 'allow' | 'deny', list: () => readonly ServiceFlow[]): Promise<void> {
    assert.ok(list().length > 0);
    const deadline = Date.now() + 60_000;
    for (;;) {
      try {
        went(expected, state, list(), await probe(list()));
        return;
      } catch (error) {
        if (Date.now() > deadline) throw error;
        await settle();
      }
    }
  }

  it('pass where every backend is allowed', () => go('allow', () => often(to('client', 'good'))));

  it('are denied where a backend is, or none is ready', () =>
    go('deny', () => [...to('client', 'bad'), ...often(to('client', 'mixed')), ...to('client', 'empty')]));

  it('are met by external addresses too', async () => {
    await go('allow', () => often(flows('client', [external[0]], 80, 81)));
    await go('deny', () => flows('client', [external[1]], 80, 81));
  });

  it('are met at every node by their node ports', async () => {
    const nodes = cluster.plan.nodes.flatMap(({ addresses }) => addresses);
    await go('allow', () => often(flows('client', nodes, 30_080)));
    await go('deny', () => flows('client', nodes, 30_081));
  });

  it('without a selector lead outside', () =>
    go('allow', () => flows('client', addressesOf('outside'), 8443)));

  it('may keep to the backends of the client’s node', async () => {
    const nodeOf = (key: string): string | undefined => state.pods.get(key)?.node;
    const [bad = ''] = podsOf('bad');
    const near = (isBeside: boolean): readonly ServiceFlow[] =>
      flows('client', addressesOf('near'), 80).filter(
        ({ from }) => (nodeOf(from) === nodeOf(bad)) === isBeside,
      );
    await go('allow', () => often(near(false)));
    await go('deny', () => near(true));
  });

  it('let a pod reach itself, in both wirings', async () => {
    for (const node of cluster.plan.nodes) {
      const patch = `{"spec":{"template":{"spec":{"nodeSelector":{"kubernetes.io/hostname":"${node.name}"}}}}}`;
      await cluster.control.mustKubectl('patch', 'deployment', 'self', '-p', patch);
      await cluster.control.mustKubectl('rollout', 'status', 'deployment/self', '--timeout=180s');
      await cluster.until('one pod', async () => {
        const pods = (await cluster.pods('default')).filter(({ labels }) => labels.app === 'self');
        return pods.length === 1 && pods[0]?.node === node.name;
      });
      await openBridges();
      await settle();
      await go('allow', () => often(to('self', 'self')));
      await go('deny', () => to('self', 'good'));
    }
  });

  it('follow their backends', async () => {
    await cluster.control.mustKubectl('scale', 'deployment', 'bad', '--replicas=0');
    await go('allow', () => often(to('client', 'mixed')));
    await cluster.control.mustKubectl('scale', 'deployment', 'bad', '--replicas=1');
    await cluster.waitReady('default', 'app=bad', 1);
    await settle();
    await go('deny', () => often(to('client', 'mixed')));
    await cluster.control.mustKubectl('scale', 'deployment', 'good', '--replicas=0');
    await go('deny', () => to('client', 'good'));
    await cluster.control.mustKubectl('scale', 'deployment', 'good', '--replicas=3');
    await cluster.waitReady('default', 'app=good', 3);
    await go('allow', () => often(to('client', 'good')));
  });

  /** Without waiting for its end; `force`: it is gone at once. */
  const end = (pod: string, ...force: readonly string[]): Promise<string> =>
    cluster.control.mustKubectl('delete', 'pod', pod, '--wait=false', ...force);
  const endNow = (pod: string): Promise<string> => end(pod, '--force', '--grace-period=0');

  it('are served by terminating backends while none is ready', async () => {
    const [near = assert.fail(), far = assert.fail()] = cluster.plan.nodes;
    const beside = (node: string, list: readonly ServiceFlow[]): readonly ServiceFlow[] =>
      list.filter(({ from }) => state.pods.get(from)?.node === node);
    const slow = (): readonly ServiceFlow[] => [
      ...often(to('client', 'slow')),
      ...beside(near.name, flows('client', addressesOf('slow-near'), 80)),
      ...beside(near.name, flows('client', near.addresses, 30_082)),
      ...beside(far.name, flows('client', far.addresses, 30_082)),
    ];
    await cluster.control.apply(slowPod('slow', 'slow', near.name));
    await cluster.waitReady('default', 'app=slow', 1);
    await go('allow', slow);
    await end('slow');
    await cluster.until('backends that are terminating', async () => {
      await settle();
      const backends = [...state.endpointSlices.values()].filter(({ service }) => service === 'slow');
      const conditions = backends.flatMap(({ endpoints }) =>
        endpoints.map(({ ready, serving, terminating }) => ({ ready, serving, terminating })),
      );
      return isDeepStrictEqual(conditions, Array(2).fill({ ready: false, serving: true, terminating: true }));
    });
    await go('allow', slow);
    await go('deny', () => beside(far.name, flows('client', addressesOf('slow-near'), 80)));
    // One that is ready is the only one, but not where nodes keep to their own.
    await cluster.control.apply(slowPod('refused', 'refused', far.name));
    await cluster.waitReady('default', 'app=refused', 1);
    await go('deny', () => to('client', 'slow'));
    await go('allow', () => beside(near.name, flows('client', addressesOf('slow-near'), 80)));
    await end('refused');
    await go('deny', () => often(to('client', 'slow')));
    await cluster.control.apply(slowPod('slower', 'slow', near.name));
    await cluster.until('a ready pod', async () =>
      (await cluster.pods('default')).some(({ name, ready }) => name === 'slower' && ready),
    );
    await go('allow', () => often(to('client', 'slow')));
    for (const pod of ['slow', 'refused', 'slower']) await endNow(pod);
    await go('deny', () => to('client', 'slow'));
  });

  it('publish backends that are not ready where they say so', async () => {
    await cluster.control.apply(earlyPod);
    await cluster.until('the pod', async () =>
      (await cluster.pods('default')).some(({ name, phase }) => name === 'early' && phase === 'Running'),
    );
    await settle();
    await go('allow', () => to('client', 'early'));
    await go('deny', () => to('client', 'not-early'));
    await endNow('early');
  });

  it('do not make the world a host, but a node’s own processes are', async () => {
    const [guarded = ''] = podsOf('guarded');
    const pod = state.pods.get(guarded);
    const node = cluster.plan.nodes.find(({ name }) => name === pod?.node);
    const own = (pod?.addresses ?? []).map(({ text }) => text.split('/')[0] ?? '');
    const direct = (from: string): readonly ServiceFlow[] =>
      own.map((address) => ({ from, address, protocol: 'TCP', port: 8080 }));
    const through = (from: string, port: number): readonly ServiceFlow[] =>
      (node?.addresses ?? []).map((address) => ({ from, address, protocol: 'TCP', port }));
    const goes = async (expected: 'allow' | 'deny', list: readonly ServiceFlow[]): Promise<void> => {
      const results = await probe(list, patience[expected]);
      assert.deepEqual(
        results.map(({ verdict }) => verdict),
        [expected, expected],
      );
    };
    await goes('allow', direct(node?.name ?? ''));
    await goes('deny', through('world', 30_081));
    await goes('allow', through('world', 30_080));
    const other = cluster.plan.nodes.find(({ name }) => name !== node?.name)?.name ?? '';
    await goes('deny', direct(other));
  });
});
