import type { ObjectKey } from '../../model/event.ts';

/** One kind of objects of an API server. */
export interface KubeResource<Kind extends string = ObjectKey['kind']> {
  readonly kind: Kind;
  /** Empty for the core group. */
  readonly group: string;
  readonly version: string;
  /** "pods". */
  readonly plural: string;
  /** Whether it may be missing, as a CRD may: there are none of it then, until it is installed. */
  readonly optional: boolean;
}

/** All that is read; what is named here must be known to source/decode. */
export const kubeResources: readonly KubeResource[] = [
  { kind: 'Namespace', group: '', version: 'v1', plural: 'namespaces', optional: false },
  { kind: 'Node', group: '', version: 'v1', plural: 'nodes', optional: false },
  { kind: 'Pod', group: '', version: 'v1', plural: 'pods', optional: false },
  { kind: 'Service', group: '', version: 'v1', plural: 'services', optional: false },
  {
    kind: 'EndpointSlice',
    group: 'discovery.k8s.io',
    version: 'v1',
    plural: 'endpointslices',
    optional: false,
  },
  {
    kind: 'NetworkPolicy',
    group: 'networking.k8s.io',
    version: 'v1',
    plural: 'networkpolicies',
    optional: false,
  },
  {
    kind: 'CiliumNetworkPolicy',
    group: 'cilium.io',
    version: 'v2',
    plural: 'ciliumnetworkpolicies',
    optional: true,
  },
  {
    kind: 'CiliumClusterwideNetworkPolicy',
    group: 'cilium.io',
    version: 'v2',
    plural: 'ciliumclusterwidenetworkpolicies',
    optional: true,
  },
  {
    kind: 'CidrGroup',
    group: 'cilium.io',
    version: 'v2',
    plural: 'ciliumcidrgroups',
    optional: true,
  },
  {
    kind: 'ClusterNetworkPolicy',
    group: 'policy.networking.k8s.io',
    version: 'v1alpha2',
    plural: 'clusternetworkpolicies',
    optional: true,
  },
];

/** As Kubernetes names the kind. */
export const kindNameOf = ({ kind }: KubeResource<string>): string =>
  kind === 'CidrGroup' ? 'CiliumCIDRGroup' : kind;

/** "networking.k8s.io/v1", "v1". */
export const apiVersionOf = ({ group, version }: KubeResource<string>): string =>
  group === '' ? version : `${group}/${version}`;

/** Of the objects of all namespaces. */
export const pathOf = (resource: KubeResource<string>): string =>
  `/${resource.group === '' ? 'api' : 'apis'}/${apiVersionOf(resource)}/${resource.plural}`;

/** As kubectl names it: "networkpolicies.networking.k8s.io". */
export const nameOf = ({ group, plural }: KubeResource<string>): string =>
  group === '' ? plural : `${plural}.${group}`;
