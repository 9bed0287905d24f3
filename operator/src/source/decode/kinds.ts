import type { ObjectKey } from '../../model/event.ts';

export interface Kind {
  readonly apiVersions: readonly string[];
  readonly scope: 'namespace' | 'cluster';
}

/** As Kubernetes names them. */
export type KindName = Exclude<ObjectKey['kind'], 'CidrGroup' | 'SpecialAddress'> | 'CiliumCIDRGroup';

/** The kinds that are read. */
export const kinds: Record<KindName, Kind> = {
  Namespace: { apiVersions: ['v1'], scope: 'cluster' },
  Node: { apiVersions: ['v1'], scope: 'cluster' },
  Pod: { apiVersions: ['v1'], scope: 'namespace' },
  Service: { apiVersions: ['v1'], scope: 'namespace' },
  EndpointSlice: { apiVersions: ['discovery.k8s.io/v1'], scope: 'namespace' },
  NetworkPolicy: { apiVersions: ['networking.k8s.io/v1'], scope: 'namespace' },
  CiliumNetworkPolicy: { apiVersions: ['cilium.io/v2'], scope: 'namespace' },
  CiliumClusterwideNetworkPolicy: { apiVersions: ['cilium.io/v2'], scope: 'cluster' },
  CiliumCIDRGroup: { apiVersions: ['cilium.io/v2', 'cilium.io/v2alpha1'], scope: 'cluster' },
  ClusterNetworkPolicy: { apiVersions: ['policy.networking.k8s.io/v1alpha2'], scope: 'cluster' },
};

export const isKind = (text: string): text is KindName => Object.hasOwn(kinds, text);
