import assert from 'node:assert/strict';
import { join } from 'node:path';
import { operatorName } from '@weir/operator/src/trust/authority.ts';
import { after, before, describe, it } from 'mocha';
import { Agent } from '../sync/pair.ts';
import { withoutNode } from '../trust/signed-token.ts';
import { allowedBy, doneBy } from './audit.ts';
import { InstalledOperator } from './installed-operator.ts';
import { crdFiles, Judge, readManifests, repository } from './judge.ts';

const own = ['-n', 'weir-system'] as const;
const user = 'system:serviceaccount:weir-system:weir-operator';

const objects = `
apiVersion: v1
kind: Node
metadata: { name: node-1 }
---
apiVersion: v1
kind: Pod
metadata: { name: agent, namespace: weir-system }
spec:
  nodeName: node-1
  serviceAccountName: weir-agent
  hostNetwork: true
  containers: [{ name: agent, image: none }]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: p, namespace: default }
spec: { podSelector: {} }
---
apiVersion: cilium.io/v2
kind: CiliumClusterwideNetworkPolicy
metadata: { name: p }
spec: { endpointSelector: {}, ingress: [{}] }
---
apiVersion: policy.networking.k8s.io/v1alpha2
kind: ClusterNetworkPolicy
metadata: { name: p }
spec: { tier: Admin, priority: 1, subject: { namespaces: {} } }
`;

const policy = (spec: string): string => `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: p, namespace: default }
spec: { endpointSelector: {}, ${spec} }
`;

/** One after the other, each does what needs a part of the operator's Roles; the last says what is left. */
describe("the operator's permissions", function () {
  this.timeout(900_000);
  let judge: Judge;
  let operator: InstalledOperator;

  before(async () => {
    judge = await Judge.up([...crdFiles]);
    const { plane } = judge;
    await plane.mustKubectl('apply', '-k', join(repository, 'config/overlays/dev'));
    // So that the operator finds something to refuse.
    await plane.mustKubectl('delete', 'validatingadmissionpolicybindings', '--all');
    await plane.apply(objects);
    await plane.apply(policy('ingress: [{}]'));
    operator = new InstalledOperator(plane);
    await operator.start();
  });
  after(async () => {
    await operator?.close();
    await judge?.down();
  });

  const exists = async (...what: readonly string[]): Promise<boolean> =>
    (await judge.plane.kubectl('get', ...what)).code === 0;
  const says = async (text: RegExp, ...what: readonly string[]): Promise<boolean> =>
    text.test((await judge.plane.kubectl('get', '-o', 'json', ...what)).stdout);
  const done = (what: string): Promise<void> =>
    operator.until(what, () => doneBy(user, judge.plane.auditLog()).has(what));

  it('suffice to lead, and to make an authority', async () => {
    await operator.until('a lease', () => exists('lease', 'weir-operator', ...own));
    await operator.until('a secret', () => exists('secret', 'weir-ca', ...own));
    await operator.until('a config map', () => exists('configmap', 'weir-ca', ...own));
  });

  it('suffice to put the authority back, when it starts', async () => {
    await operator.stop();
    for (const kind of ['secret', 'configmap']) {
      const empty = ['patch', kind, 'weir-ca', ...own, '--type=merge', '--patch={"data":{"ca.crt":""}}'];
      await judge.plane.mustKubectl(...empty);
    }
    await operator.start();
    for (const kind of ['secret', 'configmap'])
      await operator.until(`${kind} is whole`, () => says(/"ca.crt": "[^"]/, kind, 'weir-ca', ...own));
  });

  it('suffice to write status', async () => {
    await operator.until('a bundle', () => exists('policybundle', 'node-1'));
    for (const kind of [
      'ciliumnetworkpolicies.cilium.io',
      'ciliumclusterwidenetworkpolicies',
      'clusternetworkpolicies',
    ])
      await operator.until(`${kind} is valid`, () => says(/"type": "Valid"/, kind, 'p'));
    await done('patch weir.dev/policybundles/status');
    await done('patch apps/controllerrevisions');
  });

  it('suffice to keep the newest of the accepted versions', async () => {
    await judge.plane.apply(policy('egress: [{}]'));
    await done('delete apps/controllerrevisions');
  });

  it('suffice to tell of a refused policy, again by another operator', async () => {
    await judge.plane.apply(policy('egress: [{ toFQDNs: [{ matchName: weir.dev }] }]'));
    await done('create events.k8s.io/events');
    await operator.stop();
    await operator.start();
    await done('patch events.k8s.io/events');
  });

  it('suffice to know agents, also by tokens without a node', async () => {
    const { plane } = judge;
    const target = await operator.address();
    const ca = Buffer.from(
      (await plane.get<{ data: Record<string, string> }>('configmap', 'weir-ca', ...own)).data['ca.crt'] ??
        '',
    );
    const token = await plane.token({
      ...{ namespace: 'weir-system', serviceAccount: 'weir-agent', audience: operatorName, pod: 'agent' },
    });
    for (const shown of [token, withoutNode(plane, token)]) {
      const tls = async () => ({ ca, token: shown, serverName: operatorName });
      const agent = new Agent({ target, node: 'node-1', tls });
      agent.client.start();
      await operator.until('an agent is served', () => agent.client.state.kind === 'live');
      await agent.client.stop();
    }
  });

  it('suffice to clear up after a node', async () => {
    await judge.plane.mustKubectl('delete', 'node', 'node-1');
    await done('delete weir.dev/policybundles');
  });

  it('were never missed, and each is used', () => {
    assert.doesNotMatch(operator.text, /forbidden|cannot /i);
    const allowed = allowedBy(readManifests('config/base/operator-rbac.yaml'));
    assert.deepEqual([...doneBy(user, judge.plane.auditLog())].sort(), [...allowed].sort());
  });
});
