import type { PolicyKind, PolicyRef } from '../model/policy.ts';
import {
  apiVersionOf,
  type KubeResource,
  kindNameOf,
  kubeResources,
  pathOf,
} from '../source/kube/resources.ts';

/** Whether objects of the kind have a status of their own. */
export const hasStatus = (kind: PolicyKind): boolean => kind !== 'NetworkPolicy';

/** Kinds of cluster scope have policies without a namespace. */
export const isNamespaced = (kind: VersionedKind): boolean =>
  kind === 'NetworkPolicy' || kind === 'CiliumNetworkPolicy';

/** Of what accepted versions are stored. */
export type VersionedKind = PolicyKind | 'CidrGroup';

const resourceOf = (kind: VersionedKind): KubeResource => {
  const found = kubeResources.find((one) => one.kind === kind);
  if (!found) throw new RangeError(`${kind} is not read from API servers`);
  return found;
};

export const pluralOf = (kind: VersionedKind): string => resourceOf(kind).plural;
export const versionedApiVersion = (kind: VersionedKind): string => apiVersionOf(resourceOf(kind));
/** As Kubernetes names the kind. */
export const versionedKindName = (kind: VersionedKind): string => kindNameOf(resourceOf(kind));

/** Of one policy: "/apis/cilium.io/v2/namespaces/default/ciliumnetworkpolicies/web". */
export function policyPath({ kind, namespace, name }: PolicyRef): string {
  const resource = resourceOf(kind);
  const all = pathOf(resource);
  const folder = all.slice(0, -resource.plural.length);
  return namespace === '' ? `${all}/${name}` : `${folder}namespaces/${namespace}/${resource.plural}/${name}`;
}
