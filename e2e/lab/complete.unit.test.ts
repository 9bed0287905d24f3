import assert from 'node:assert/strict';
import { completeManifests } from './complete.ts';
import { objectsIn } from './manifests.ts';
import { planLab } from './plan.ts';

const manifest = `# a pod
apiVersion: v1
kind: Pod
metadata: { name: p, namespace: x }
spec:
  containers: [] # none
---
apiVersion: v1
kind: Node
metadata: { name: a }
---
kind: NetworkPolicy
metadata: { name: n }
`;

const plan = planLab(
  {
    nodes: [{ name: 'a', addresses: [], podCidrs: [] }],
    pods: [{ key: 'x/p', node: undefined, hostNetwork: false, finished: false, addresses: [], ports: [] }],
  },
  { name: 'x', wiring: 'p2p', outside: [] },
);

describe('completeManifests', () => {
  it('adds what kubelet and the API server would, and keeps comments and other objects', () => {
    const completed = completeManifests(manifest, plan);
    const [pod, node, policy] = objectsIn(completed);
    assert.deepEqual(pod?.status, {
      phase: 'Running',
      hostIP: '172.18.0.2',
      podIP: '10.244.0.2',
      podIPs: [{ ip: '10.244.0.2' }, { ip: 'fd00:244::2' }],
    });
    assert.deepEqual(pod?.spec, { containers: [], nodeName: 'a' });
    assert.deepEqual(node?.status, {
      addresses: [
        { type: 'InternalIP', address: '172.18.0.2' },
        { type: 'InternalIP', address: 'fd00:18::2' },
      ],
    });
    assert.deepEqual(policy, { kind: 'NetworkPolicy', metadata: { name: 'n' } });
    assert.match(completed, /^# a pod/);
    assert.match(completed, /# none/);
  });

  it('is done after once', () => {
    const once = completeManifests(manifest, plan);
    assert.equal(completeManifests(once, plan), once);
  });

  it('completes the items of a List', () => {
    const list = 'kind: List\nitems:\n- kind: Pod\n  metadata: { name: p, namespace: x }\n';
    const [pod] = objectsIn(completeManifests(list, plan));
    assert.deepEqual(pod?.spec, { nodeName: 'a' });
  });

  it('leaves files alone that have errors or nothing to complete, so that positions in messages fit', () => {
    for (const content of [
      'kind: Pod\n  bad: [',
      'kind:   NetworkPolicy   # odd blanks\n',
      '',
      '# only this\n',
    ]) {
      assert.equal(completeManifests(content, plan), content);
    }
  });
});
