import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { markedProcesses } from '../lab/state.ts';
import { ClusterLab } from './cluster-lab.ts';
import { deployment } from './deployment.ts';
import type { PodView } from './pod-view.ts';

const namespacesOf = (lab: string): readonly string[] =>
  readdirSync('/run/netns').filter((name) => name.startsWith(`weir-${lab}-`));
const podsOf = (lab: string): readonly string[] => namespacesOf(lab).filter((name) => name.includes('-pod-'));

/** Tries connections until those of both families are answered: programs listen a moment after their pod is ready. */
function answered(
  cluster: ClusterLab,
  from: string,
  to: string,
  protocol: 'TCP' | 'UDP' | 'ICMP',
  port: number,
): Promise<void> {
  let seen = '';
  return cluster.until(
    () => `answers for ${from} from ${to} by ${protocol}: ${seen}`,
    async () => {
      seen = (await cluster.probe(from, to, protocol, port, 5_000)).map(({ detail }) => detail).join();
      return seen === 'answered,answered';
    },
  );
}

/** Lists of addresses with the pods that have them, where those are more than one. */
function shared(pods: readonly PodView[]): readonly string[] {
  const all = pods.flatMap(({ addresses }) => addresses);
  return all.filter((address, index) => all.indexOf(address) !== index);
}

for (const wiring of ['p2p', 'bridge'] as const) {
  describe(`cluster lab, ${wiring}`, function () {
    this.timeout(3_600_000);
    let cluster: ClusterLab;
    let name: string;

    before(async () => {
      cluster = await ClusterLab.up({ wiring });
      name = cluster.plan.name;
    });
    after(() => cluster.down());

    it('runs the pods of a Deployment on two nodes, and they reach each other and are reached', async () => {
      await cluster.control.apply(
        deployment('web', 4, { container: 'readinessProbe: { httpGet: { path: /hostname, port: 8080 } }' }),
      );
      const pods = await cluster.waitReady('default', 'app=web', 4);
      assert.deepEqual([...new Set(pods.map(({ node }) => node))].sort(), ['node-1', 'node-2']);
      assert.deepEqual(shared(pods), []);
      const keys = pods.map((pod) => `default/${pod.name}`);
      const places = [...keys, 'node-1', 'node-2', 'world'];
      for (const from of places) {
        for (const to of keys.filter((key) => key !== from)) {
          for (const [protocol, port] of [
            ['TCP', 8080],
            ['UDP', 8081],
            ['ICMP', 0],
          ] as const)
            await answered(cluster, from, to, protocol, port);
        }
      }
      const closed = await cluster.probe(keys[0] ?? '', keys[1] ?? '', 'TCP', 9, 5_000);
      assert.deepEqual(
        closed.map(({ detail }) => detail),
        ['refused', 'refused'],
      );
    });

    it('runs commands in pods and shows their logs', async () => {
      const [pod] = await cluster.pods('default');
      assert.ok(pod !== undefined);
      const address = await cluster.kubectl('exec', pod.name, '--', 'ip', '-br', 'addr', 'show', 'eth0');
      for (const own of pod.addresses)
        assert.ok(address.stdout.includes(` ${own}/`), address.stdout + address.stderr);
      const { code, stdout } = await cluster.kubectl('exec', pod.name, '--', 'sh', '-c', 'hostname; exit 3');
      assert.deepEqual([code, stdout], [3, `${pod.name}\n`]);
      const args = ['exec', '-i', pod.name, '--', 'tr', 'a-z', 'A-Z'];
      const echoed = await cluster.control.kubectlAs(cluster.control.kubeconfig, args, 'shout');
      assert.equal(echoed.stdout, 'SHOUT');
      await cluster.until('log of a start', async () =>
        (await cluster.kubectl('logs', pod.name)).stdout.includes('Started HTTP server on port 8080'),
      );
      const tail = await cluster.kubectl('logs', pod.name, '--tail=1');
      assert.equal(tail.stdout.trimEnd().split('\n').length, 1);
    });

    it('gives host-network pods the addresses of their node', async () => {
      await cluster.control.apply(`
apiVersion: v1
kind: Pod
metadata: { name: host, namespace: default, labels: { app: host } }
spec:
  hostNetwork: true
  nodeName: node-2
  containers: [{ name: c, image: agnhost, args: [netexec, --http-port=9090, --udp-port=9091] }]
`);
      const [pod] = await cluster.waitReady('default', 'app=host');
      const node = cluster.plan.nodes.find((candidate) => candidate.name === 'node-2');
      assert.deepEqual([pod?.addresses, pod?.network], [node?.addresses, node?.namespace]);
      await answered(cluster, 'node-1', 'default/host', 'TCP', 9090);
    });

    it('lets what runs run while the API server is away, and catches up', async () => {
      const [one, two] = await cluster.waitReady('default', 'app=web', 4);
      await cluster.control.stop('apiserver');
      const results = await cluster.probe('world', 'node-1', 'ICMP', 0, 5_000);
      assert.equal(results[0]?.detail, 'answered');
      await cluster.control.start('apiserver');
      await cluster.control.apply(deployment('web', 6));
      const pods = await cluster.waitReady('default', 'app=web', 6);
      assert.ok(pods.length >= 6 && one !== undefined && two !== undefined);
    });

    it('follows the end of pods: with grace, by force, and of all with their namespace', async () => {
      await cluster.control.mustKubectl('delete', 'deployment', 'web');
      await cluster.control.mustKubectl('delete', 'pod', 'host', '--force', '--grace-period=0');
      await cluster.until('end of all pods', async () => (await cluster.pods('default')).length === 0);
      await cluster.until('end of their networks', async () => podsOf(name).length === 0);
      await cluster.control.mustKubectl('create', 'namespace', 'short');
      await cluster.control.apply(deployment('short', 2).replace('namespace: default', 'namespace: short'));
      await cluster.waitReady('short', 'app=short', 2);
      await cluster.control.mustKubectl('delete', 'namespace', 'short', '--timeout=180s');
      await cluster.until('end of their networks', async () => podsOf(name).length === 0);
    });
  });
}

describe('cluster lab, life of addresses', function () {
  this.timeout(3_600_000);
  let cluster: ClusterLab;

  before(async () => {
    const nodes = [{ name: 'node-1', podCidrs: ['10.244.0.0/28', 'fd00:244::/124'] }];
    cluster = await ClusterLab.up({ nodes, reuseAddresses: true, proxy: true });
  });
  after(() => cluster.down());

  it('gives the address of an ended pod to the next one while both objects are there', async () => {
    await cluster.control.apply(`
apiVersion: batch/v1
kind: Job
metadata: { name: churn, namespace: default }
spec:
  completions: 30
  parallelism: 4
  template:
    metadata: { labels: { app: churn } }
    spec:
      restartPolicy: Never
      containers: [{ name: c, image: agnhost, command: [sh, -c], args: [echo $(POD_IP)], env: [{ name: POD_IP, valueFrom: { fieldRef: { fieldPath: status.podIP } } }] }]
`);
    await cluster.control.mustKubectl('wait', '--for=condition=complete', 'job/churn', '--timeout=180s');
    const pods = await cluster.pods('default');
    assert.equal(pods.length, 30);
    assert.ok(pods.every(({ phase }) => phase === 'Succeeded'));
    assert.ok(new Set(pods.map(({ addresses }) => addresses[0])).size <= 12);
    const [pod] = pods;
    const { stdout } = await cluster.kubectl('logs', pod?.name ?? '');
    assert.equal(stdout.trim(), pod?.addresses[0]);
  });

  it('says why a container ended, and starts it again', async () => {
    await cluster.control.apply(`
apiVersion: v1
kind: Pod
metadata: { name: crash, namespace: default }
spec: { containers: [{ name: c, image: agnhost, command: [sh, -c, exit 4] }] }
---
apiVersion: v1
kind: Pod
metadata: { name: once, namespace: default }
spec: { restartPolicy: Never, containers: [{ name: c, image: agnhost, command: [sh, -c, exit 5] }] }
`);
    const code =
      'jsonpath={.status.phase} {.status.containerStatuses[0].restartCount} {.status.containerStatuses[0]';
    await cluster.until('restarts', async () => {
      const { stdout } = await cluster.kubectl(
        'get',
        'pod',
        'crash',
        '-o',
        `${code}.lastState.terminated.exitCode}`,
      );
      return /^Running [2-9] 4$/.test(stdout);
    });
    await cluster.until('failure', async () => {
      const args = ['get', 'pod', 'once', '-o', `${code}.state.terminated.exitCode}`];
      return (await cluster.kubectl(...args)).stdout === 'Failed 0 5';
    });
  });

  it('makes a StatefulSet pod again under its name, with the freed address', async () => {
    await cluster.control.apply(
      deployment('set', 1)
        .replace('kind: Deployment', 'kind: StatefulSet')
        .replace('replicas: 1', 'replicas: 1\n  serviceName: set'),
    );
    const [before] = await cluster.waitReady('default', 'app=set');
    await cluster.control.mustKubectl('delete', 'pod', 'set-0');
    const [after] = await cluster.waitReady('default', 'app=set');
    assert.notEqual(after?.uid, before?.uid);
    assert.deepEqual([after?.name, after?.addresses], ['set-0', before?.addresses]);
  });

  it('reaches ClusterIPs of both families and NodePorts by kube-proxy', async () => {
    await cluster.control.apply(`
apiVersion: v1
kind: Service
metadata: { name: set, namespace: default }
spec:
  type: NodePort
  ipFamilyPolicy: RequireDualStack
  selector: { app: set }
  ports: [{ name: http, port: 80, targetPort: 8080, nodePort: 30080 }]
`);
    const { spec } = await cluster.control.get<{ readonly spec: { readonly clusterIPs: readonly string[] } }>(
      'service',
      'set',
    );
    assert.equal(spec.clusterIPs.length, 2);
    for (const address of spec.clusterIPs) {
      await cluster.until(`answer of ${address}`, async () => {
        const [result] = await cluster.probe('node-1', address, 'TCP', 80).catch(() => []);
        return result?.detail === 'answered';
      });
    }
    await answered(cluster, 'world', 'node-1', 'TCP', 30080);
  });

  it('starts pods again when the nodes restart', async () => {
    await cluster.netlet.stop();
    await cluster.netlet.start();
    await cluster.until('restarted pod', async () => {
      const { stdout } = await cluster.kubectl(
        'get',
        'pod',
        'set-0',
        '-o',
        'jsonpath={.status.containerStatuses[0].restartCount}',
      );
      return stdout === '1';
    });
    await cluster.waitReady('default', 'app=set');
    await answered(cluster, 'node-1', 'default/set-0', 'TCP', 8080);
  });

  it('leaves no process, no namespace and no file when it goes down', async () => {
    const { directory, marker, plan } = cluster;
    await cluster.down();
    assert.deepEqual(markedProcesses(marker), []);
    assert.deepEqual(namespacesOf(plan.name), []);
    assert.equal(existsSync(directory), false);
  });
});
