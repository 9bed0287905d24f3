/** What an administrator chooses for the whole cluster; names as Cilium's where Cilium has the setting. */
export interface Settings {
  /** `default`: pods that no rule selects are open. `always`: everything is isolated. `never`: no policy at all. */
  readonly enablePolicy: 'default' | 'always' | 'never';
  /** Whether a node reaches its own pods in spite of default deny; `auto` is `always` in Kubernetes. */
  readonly allowLocalhost: 'auto' | 'always' | 'policy';
  /** Name of this cluster in a mesh. */
  readonly clusterName: string;
  /** Whether selectors without a cluster mean this cluster only. */
  readonly policyDefaultLocalCluster: boolean;
  /** Whether NetworkPolicy's ipBlock matches the addresses of pods and nodes too. */
  readonly networkPolicyIpBlock: 'all' | 'external';
  /** Whether the CIDR rules of Cilium's kinds match the addresses of pods and of nodes too. */
  readonly policyCidrMatchMode: { readonly pods: boolean; readonly nodes: boolean };
  /** Whether fromNodes and toNodes are valid. */
  readonly enableNodeSelectorLabels: boolean;
  /** Whether protocols without ports (VRRP, IGMP, GRE, IPIP, IPV6, ESP, AH) may be named. */
  readonly enableExtendedIpProtocols: boolean;
  /** Nodes where all verdicts are made and told, and nothing is dropped. */
  readonly observe: 'all' | readonly string[];
}

/** Whether nothing is to be dropped on that node. */
export const isObserved = ({ observe }: Settings, node: string): boolean =>
  observe === 'all' || observe.includes(node);

export const defaultSettings: Settings = {
  enablePolicy: 'default',
  allowLocalhost: 'auto',
  clusterName: 'default',
  policyDefaultLocalCluster: true,
  networkPolicyIpBlock: 'all',
  policyCidrMatchMode: { pods: false, nodes: false },
  enableNodeSelectorLabels: false,
  enableExtendedIpProtocols: false,
  observe: [],
};
