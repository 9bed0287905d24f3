import type { PolicyKind, PolicyRef } from '../model/policy.ts';
import { apiVersionOf, type KubeResource, kubeResources, pathOf } from '../source/kube/resources.ts';

/** Whether objects of the kind have a status of their own. */
export const hasStatus = (kind: PolicyKind): boolean => kind !== 'NetworkPolicy';

/** Kinds of cluster scope have policies without a namespace. */
export const isNamespaced = (kind: PolicyKind): boolean =>
  kind === 'NetworkPolicy' || kind === 'CiliumNetworkPolicy';

const resourceOf = (kind: PolicyKind): KubeResource => {
  const found = kubeResources.find((one) => one.kind === kind);
  if (!found) throw new RangeError(`${kind} is not read from API servers`);
  return found;
};

export const pluralOf = (kind: PolicyKind): string => resourceOf(kind).plural;
export const policyApiVersion = (kind: PolicyKind): string => apiVersionOf(resourceOf(kind));

/** Of one policy: "/apis/cilium.io/v2/namespaces/default/ciliumnetworkpolicies/web". */
export function policyPath({ kind, namespace, name }: PolicyRef): string {
  const resource = resourceOf(kind);
  const all = pathOf(resource);
  const folder = all.slice(0, -resource.plural.length);
  return namespace === '' ? `${all}/${name}` : `${folder}namespaces/${namespace}/${resource.plural}/${name}`;
}
