import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { ControlPlane } from '../cluster/control-plane.ts';
import { type CommandResult, runCommand } from '../lab/command.ts';
import { createForeignCrds, foreignCrds } from './foreign-crds.ts';
import { InstalledOperator } from './installed-operator.ts';
import { type Manifest, repository } from './judge.ts';

const node = 'apiVersion: v1\nkind: Node\nmetadata: { name: node-1 }\n';

const policy = (spec: string): string => `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: web, namespace: default }
spec:
  endpointSelector: { matchLabels: { app: web } }
  ${spec}
`;

const everybody = `
apiVersion: cilium.io/v2
kind: CiliumClusterwideNetworkPolicy
metadata: { name: dns }
spec:
  endpointSelector: {}
  egress: [{ toCIDRSet: [{ cidrGroupRef: partners, except: [10.0.1.0/24] }] }]
---
apiVersion: cilium.io/v2
kind: CiliumCIDRGroup
metadata: { name: partners }
spec: { externalCIDRs: [10.0.0.0/8] }
---
apiVersion: policy.networking.k8s.io/v1alpha2
kind: ClusterNetworkPolicy
metadata: { name: all }
spec:
  tier: Admin
  priority: 7
  subject: { namespaces: {} }
  ingress: [{ action: Deny, from: [{ namespaces: { matchLabels: { kubernetes.io/metadata.name: other } } }] }]
`;

interface Conditions {
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}

describe("CRDs of Cilium and of the network-policy-api, where they were there before Weir's", function () {
  this.timeout(900_000);
  let plane: ControlPlane;
  let operator: InstalledOperator;
  let former: readonly Manifest[];

  const crds = (): Promise<readonly Manifest[]> =>
    Promise.all(foreignCrds.map((name) => plane.get<Manifest>('crd', name)));
  const apply = (manifests: string, ...flags: readonly string[]): Promise<CommandResult> =>
    plane.kubectlAs(plane.kubeconfig, ['apply', ...flags, '-f', '-'], manifests);
  const valid = async (...what: readonly string[]): Promise<boolean> => {
    const { status } = await plane.get<Conditions>(...what);
    return (status?.conditions ?? []).some(({ type, status }) => type === 'Valid' && status === 'True');
  };

  before(async () => {
    plane = await ControlPlane.up({ controllers: false });
    operator = new InstalledOperator(plane);
    await createForeignCrds(plane);
    former = await crds();
    const install = join(repository, 'crds/install');
    const kubectl = ['env', `KUBECTL=${plane.binaries.kubectl}`, install, '--kubeconfig', plane.kubeconfig];
    const { code, stdout, stderr } = await runCommand(kubectl);
    assert.equal(code, 0, stdout + stderr);
    await plane.mustKubectl('apply', '-k', join(repository, 'config/overlays/prod'));
    await plane.apply(node);
    await operator.start();
  });
  after(async () => {
    await operator?.close();
    await plane?.down();
  });

  it('stay as they are', async () => {
    assert.deepEqual(await crds(), former);
    await plane.mustKubectl('get', 'crd', 'policybundles.weir.dev');
  });

  it('serve policies to the operator, which writes what it makes of them', async () => {
    await plane.apply(`${policy('ingress: [{ fromEntities: [cluster] }]')}---${everybody}`);
    for (const what of [
      ['ciliumnetworkpolicies.cilium.io', 'web'],
      ['ciliumclusterwidenetworkpolicies.cilium.io', 'dns'],
      ['clusternetworkpolicies.policy.networking.k8s.io', 'all'],
    ])
      await operator.until(`${what.join('/')} is valid`, () => valid(...what));
    const wait = ['wait', '--for=condition=Enforced', 'ciliumnetworkpolicies.cilium.io/web'];
    await plane.mustKubectl(...wait, '--timeout=120s');
    await operator.until(
      'a bundle',
      async () => (await plane.kubectl('get', 'policybundle/node-1')).code === 0,
    );
  });

  it('have admission refuse what Weir does not support, and what Cilium would find later', async () => {
    for (const [spec, field] of [
      ['egress: [{ toFQDNs: [{ matchName: weir.dev }] }]', /spec\.egress\[0\]\.toFQDNs/],
      ['ingress: [{ toPorts: [{ rules: { http: [{}] }, ports: [{ port: "80" }] }] }]', /rules/],
      ['ingress: [{ fromCIDR: [10.0.0.0/8], fromEntities: [world] }]', /spec\.ingress\[0\]/],
    ] as const) {
      // Admission policies are in force a moment after they were applied.
      let said = '';
      await operator.until(
        () => `${spec} is refused: ${said}`,
        async () => {
          const { code, stderr } = await apply(policy(spec), '--dry-run=server');
          said = stderr;
          return code !== 0 && field.test(stderr);
        },
      );
    }
  });

  it('drop fields that they do not know, as docs/install.md warns, unless the client is strict', async () => {
    const misspelt = policy('ingress: [{ fromEndpoint: [{}] }]');
    assert.match((await apply(misspelt)).stderr, /unknown field "spec\.ingress\[0\]\.fromEndpoint"/);
    assert.equal((await apply(misspelt, '--validate=ignore', '--dry-run=server')).code, 0);
  });
});
