import { isKind } from './kinds.ts';

/** Of an object that is none of Weir's business. */
export interface ForeignKind {
  /** "Deployment" */
  readonly kind: string;
  /** "apps"; empty: the core group. */
  readonly group: string;
}

/**
 * What else there is in the groups that have kinds which are read: anything else there is a slip of the pen, or a
 * policy that Weir does not enforce, and neither may pass in silence.
 */
const besides: Readonly<Record<string, readonly string[]>> = {
  '': [
    ...['Binding', 'ComponentStatus', 'ConfigMap', 'Endpoints', 'Event', 'LimitRange', 'PersistentVolume'],
    ...['PersistentVolumeClaim', 'PodTemplate', 'ReplicationController', 'ResourceQuota', 'Secret'],
    ...['ServiceAccount', 'Config'],
  ],
  'discovery.k8s.io': [],
  'networking.k8s.io': ['Ingress', 'IngressClass', 'IPAddress', 'ServiceCIDR'],
  'policy.networking.k8s.io': [],
  'cilium.io': [
    ...['CiliumBGPAdvertisement', 'CiliumBGPClusterConfig', 'CiliumBGPNodeConfig', 'CiliumBGPPeerConfig'],
    ...['CiliumBGPNodeConfigOverride', 'CiliumBGPPeeringPolicy', 'CiliumClusterwideEnvoyConfig'],
    ...['CiliumConfig', 'CiliumEgressGatewayPolicy', 'CiliumEndpoint', 'CiliumEndpointSlice'],
    ...['CiliumEnvoyConfig', 'CiliumExternalWorkload', 'CiliumGatewayClassConfig', 'CiliumIdentity'],
    ...['CiliumL2AnnouncementPolicy', 'CiliumLoadBalancerIPPool', 'CiliumLocalRedirectPolicy'],
    ...['CiliumNode', 'CiliumNodeConfig', 'CiliumPodIPPool'],
  ],
  'weir.dev': ['PolicyBundle'],
};

/** Other engines' kinds of the same names. */
const engines: ReadonlySet<string> = new Set(['projectcalico.org', 'crd.projectcalico.org', 'crd.antrea.io']);

/** Kinds of these names belong to many: a Service is Knative's too. */
const common: ReadonlySet<string> = new Set(['Namespace', 'Node', 'Pod', 'Service', 'EndpointSlice']);

const kindShape = /^[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;
const apiVersionShape = /^(?:([a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?)\/)?v[0-9][a-z0-9]{0,61}$/;

/**
 * Undefined for what is read, and for what may have been meant to be: no object of Kubernetes, an unknown kind or
 * version of a group that is read, or a policy of a group that nobody has.
 */
export function foreignKind(value: unknown): ForeignKind | undefined {
  const { kind, apiVersion } = textsOf(value);
  const group = apiVersionShape.exec(apiVersion);
  if (!kindShape.test(kind) || group === null) return undefined;
  const foreign = { kind, group: group[1] ?? '' };
  return isForeign(foreign) ? foreign : undefined;
}

function isForeign({ kind, group }: ForeignKind): boolean {
  if (Object.hasOwn(besides, group)) return besides[group]?.includes(kind) ?? false;
  if (!isKind(kind)) return true;
  // Kubernetes' own groups that have no dot are known not to have these.
  return common.has(kind) ? group.includes('.') : engines.has(group);
}

function textsOf(value: unknown): { readonly kind: string; readonly apiVersion: string } {
  if (typeof value !== 'object' || value === null || !('kind' in value) || !('apiVersion' in value))
    return { kind: '', apiVersion: '' };
  const { kind, apiVersion } = value;
  return {
    kind: typeof kind === 'string' ? kind : '',
    apiVersion: typeof apiVersion === 'string' ? apiVersion : '',
  };
}
