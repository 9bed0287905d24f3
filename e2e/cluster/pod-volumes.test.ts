import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { ClusterLab } from './cluster-lab.ts';

const manifests = `
apiVersion: v1
kind: ConfigMap
metadata: { name: settings, namespace: default }
data: { mode: one }
---
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: agent, namespace: default }
spec:
  selector: { matchLabels: { app: agent } }
  template:
    metadata: { labels: { app: agent } }
    spec:
      hostNetwork: true
      terminationGracePeriodSeconds: 0
      containers:
        - name: agent
          image: registry.example/weir/shell:1
          args: [-c, 'touch /etc/weir-was-here /var/lib/weir/state; mkdir /sys/fs/bpf/$(NODE); exec sleep 1000']
          env: [{ name: NODE, valueFrom: { fieldRef: { fieldPath: spec.nodeName } } }]
          volumeMounts:
            - { name: settings, mountPath: /etc/weir, readOnly: true }
            - { name: token, mountPath: /var/run/secrets/weir }
            - { name: state, mountPath: /var/lib/weir }
            - { name: bpf, mountPath: /sys/fs/bpf }
      volumes:
        - { name: settings, configMap: { name: settings } }
        - name: token
          projected:
            sources: [{ serviceAccountToken: { audience: weir-operator, expirationSeconds: 600, path: token } }]
        - { name: state, hostPath: { path: /var/lib/weir, type: DirectoryOrCreate } }
        - { name: bpf, hostPath: { path: /sys/fs/bpf } }
`;

describe('volumes of pods on lab nodes', function () {
  this.timeout(3_600_000);
  let cluster: ClusterLab;

  before(async () => {
    cluster = await ClusterLab.up({ images: { shell: { command: ['/bin/sh'], volumes: true } } });
    await cluster.control.apply(manifests);
    await cluster.waitReady('default', 'app=agent', 2);
  });
  after(() => cluster.down());

  const inPod = async (node: string, script: string): Promise<string> => {
    const pod = (await cluster.pods('default')).find((candidate) => candidate.node === node);
    const { code, stdout, stderr } = await cluster.kubectl('exec', pod?.name ?? '', '--', 'sh', '-c', script);
    assert.equal(code, 0, stderr);
    return stdout.trim();
  };

  it('shows a ConfigMap, and its changes', async () => {
    assert.equal(await inPod('node-1', 'cat /etc/weir/mode'), 'one');
    await cluster.control.apply(manifests.replace('mode: one', 'mode: two').split('---')[0] ?? '');
    await cluster.until('change', async () => (await inPod('node-1', 'cat /etc/weir/mode')) === 'two');
    assert.equal(await inPod('node-1', 'touch /etc/weir/new 2>/dev/null || echo refused'), 'refused');
  });

  it('gives tokens of the audience that name the node, and the API server takes its own', async () => {
    const [, body = ''] = (await inPod('node-2', 'cat /var/run/secrets/weir/token')).split('.');
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as {
      readonly aud: readonly string[];
      readonly 'kubernetes.io': { readonly node: { readonly name: string } };
    };
    assert.deepEqual([claims.aud, claims['kubernetes.io'].node.name], [['weir-operator'], 'node-2']);
    const token = await inPod('node-2', 'cat /var/run/secrets/kubernetes.io/serviceaccount/token');
    const { stdout } = await cluster.kubectl(
      '--token',
      token,
      'auth',
      'whoami',
      '-o',
      'jsonpath={.status.userInfo.username}',
    );
    assert.equal(stdout, 'system:serviceaccount:default:default');
  });

  it('keeps nodes apart from each other and from the machine', async () => {
    for (const node of ['node-1', 'node-2']) {
      // A pod is ready before its command has run.
      let seen = '';
      await cluster.until(
        () => `files of its own on ${node}: ${seen}`,
        async () => {
          seen = await inPod(node, 'ls /sys/fs/bpf; ls /var/lib/weir; hostname');
          return seen === `${node}\nstate\n${node}`;
        },
      );
      assert.deepEqual(readdirSync(cluster.pins(node)), [node]);
    }
    assert.equal(existsSync('/etc/weir-was-here'), false);
    assert.equal(await inPod('node-1', 'ls /etc/weir-was-here'), '/etc/weir-was-here');
  });

  it('keeps what is on the node when the pod is made anew', async () => {
    await cluster.control.mustKubectl('delete', 'pod', '-l', 'app=agent');
    await cluster.waitReady('default', 'app=agent', 2);
    assert.equal(await inPod('node-1', 'ls /var/lib/weir'), 'state');
  });
});
