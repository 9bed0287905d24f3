import assert from 'node:assert/strict';
import { defaultSettings } from '../../model/settings.ts';
import { decodeObject } from './decode-object.ts';
import { foreignKind } from './foreign-kind.ts';
import { kinds } from './kinds.ts';

describe('foreignKind', () => {
  const foreign: readonly [apiVersion: string, kind: string][] = [
    ['apps/v1', 'Deployment'],
    ['v1', 'ConfigMap'],
    ['v1', 'Secret'],
    ['networking.k8s.io/v1', 'Ingress'],
    ['networking.k8s.io/v1beta1', 'Ingress'],
    ['gateway.networking.k8s.io/v1', 'HTTPRoute'],
    ['kustomize.config.k8s.io/v1beta1', 'Kustomization'],
    ['argoproj.io/v1alpha1', 'Application'],
    ['helm.toolkit.fluxcd.io/v2', 'HelmRelease'],
    ['cilium.io/v2alpha1', 'CiliumL2AnnouncementPolicy'],
    ['serving.knative.dev/v1', 'Service'],
    ['projectcalico.org/v3', 'NetworkPolicy'],
    ['weir.dev/v1alpha1', 'PolicyBundle'],
    ['example.com/v1', 'constructor'],
  ];
  for (const [apiVersion, kind] of foreign)
    it(`knows ${kind} of ${apiVersion} as none of Weir's business`, () => {
      const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
      assert.deepEqual(foreignKind({ apiVersion, kind }), { kind, group });
    });

  const wrong: readonly [name: string, value: unknown][] = [
    ['a misspelt kind', { apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicies' }],
    ['another misspelt kind', { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicyy' }],
    ['a kind in lower case', { apiVersion: 'v1', kind: 'pod' }],
    ['a version that there is not', { apiVersion: 'cilium.io/v3', kind: 'CiliumNetworkPolicy' }],
    ['a former version', { apiVersion: 'extensions/v1beta1', kind: 'NetworkPolicy' }],
    ['a misspelt group', { apiVersion: 'cillium.io/v2', kind: 'CiliumNetworkPolicy' }],
    ['a forgotten group', { apiVersion: 'v1', kind: 'NetworkPolicy' }],
    ["another kind's group", { apiVersion: 'apps/v1', kind: 'Service' }],
    [
      'a policy that is not enforced',
      { apiVersion: 'policy.networking.k8s.io/v1alpha1', kind: 'AdminNetworkPolicy' },
    ],
    ['a list of its own kind', { apiVersion: 'v1', kind: 'PodList' }],
    ['no kind', { apiVersion: 'apps/v1' }],
    ['no version', { kind: 'Deployment' }],
    ['an empty kind', { apiVersion: 'apps/v1', kind: '' }],
    ['a kind that none can have', { apiVersion: 'apps/v1', kind: 'a b' }],
    ['a version that none can have', { apiVersion: 'apps/v1/x', kind: 'Deployment' }],
    ['a number', { apiVersion: 1, kind: 'Deployment' }],
    ['a name of Object.prototype', { apiVersion: 'v1', kind: 'constructor' }],
    ['a list', []],
    ['nothing', null],
  ];
  for (const [name, value] of wrong)
    it(`leaves ${name} to be refused`, () => {
      assert.equal(foreignKind(value), undefined);
      assert.equal(decodeObject(value, defaultSettings).kind, 'invalid');
    });

  it('leaves every kind that is read, and what is misspelt in each of their groups', () => {
    for (const [kind, { apiVersions }] of Object.entries(kinds))
      for (const apiVersion of apiVersions) {
        assert.equal(foreignKind({ apiVersion, kind }), undefined);
        assert.equal(foreignKind({ apiVersion, kind: `${kind}x` }), undefined);
      }
  });
});
