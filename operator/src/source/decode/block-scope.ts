import type { BlockScope } from '../../model/policy.ts';
import type { Settings } from '../../model/settings.ts';

/** What ipBlock of NetworkPolicy and networks of ClusterNetworkPolicy match besides the world's addresses. */
export const ipBlockScope = (settings: Settings): BlockScope =>
  settings.networkPolicyIpBlock === 'all' ? { pods: true, nodes: true } : settings.policyCidrMatchMode;
