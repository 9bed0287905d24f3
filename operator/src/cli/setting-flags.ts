import { type Command, Option } from 'commander';
import type { Settings } from '../model/settings.ts';

/** The administrator's settings as flags. */
export interface FlagSettings {
  readonly enablePolicy: Settings['enablePolicy'];
  readonly allowLocalhost: Settings['allowLocalhost'];
  readonly clusterName: string;
  readonly policyDefaultLocalCluster: 'true' | 'false';
  readonly networkPolicyIpBlock: Settings['networkPolicyIpBlock'];
  /** Undefined: neither. */
  readonly policyCidrMatchMode?: readonly ('nodes' | 'pods')[];
  readonly enableNodeSelectorLabels: 'true' | 'false';
  readonly enableExtendedIpProtocols: 'true' | 'false';
  readonly observe?: true;
  readonly observeNode?: readonly string[];
}

export function withSettings(command: Command): Command {
  return command
    .addOption(
      new Option('--enable-policy <mode>', 'whether pods that no policy selects are open')
        .choices(['default', 'always', 'never'])
        .default('default'),
    )
    .addOption(
      new Option('--allow-localhost <mode>', 'whether a node reaches its own isolated pods')
        .choices(['auto', 'always', 'policy'])
        .default('auto'),
    )
    .option('--cluster-name <name>', 'name of this cluster in a mesh', 'default')
    .addOption(
      new Option(
        '--policy-default-local-cluster <bool>',
        'whether selectors without a cluster mean this one only',
      )
        .choices(['true', 'false'])
        .default('true'),
    )
    .addOption(
      new Option(
        '--network-policy-ip-block <scope>',
        'whether ipBlock matches pods and nodes too (all) or not (external)',
      )
        .choices(['all', 'external'])
        .default('all'),
    )
    .addOption(
      new Option(
        '--policy-cidr-match-mode <who...>',
        "what CIDR rules match besides the world's addresses (default: nothing)",
      ).choices(['nodes', 'pods']),
    )
    .addOption(
      new Option('--enable-node-selector-labels <bool>', 'whether fromNodes and toNodes are valid')
        .choices(['true', 'false'])
        .default('false'),
    )
    .addOption(
      new Option(
        '--enable-extended-ip-protocols <bool>',
        'whether toPorts may name protocols without ports (VRRP, IGMP, GRE, IPIP, IPV6, ESP, AH)',
      )
        .choices(['true', 'false'])
        .default('false'),
    )
    .option('--observe', 'make and tell all verdicts, and drop nothing, on all nodes')
    .addOption(new Option('--observe-node <name...>', 'the same on these nodes').conflicts('observe'));
}

export const settingsOf = (flags: FlagSettings): Settings => ({
  enablePolicy: flags.enablePolicy,
  allowLocalhost: flags.allowLocalhost,
  clusterName: flags.clusterName,
  policyDefaultLocalCluster: flags.policyDefaultLocalCluster === 'true',
  networkPolicyIpBlock: flags.networkPolicyIpBlock,
  policyCidrMatchMode: {
    pods: flags.policyCidrMatchMode?.includes('pods') ?? false,
    nodes: flags.policyCidrMatchMode?.includes('nodes') ?? false,
  },
  enableNodeSelectorLabels: flags.enableNodeSelectorLabels === 'true',
  enableExtendedIpProtocols: flags.enableExtendedIpProtocols === 'true',
  observe: flags.observe ? 'all' : (flags.observeNode ?? []),
});
