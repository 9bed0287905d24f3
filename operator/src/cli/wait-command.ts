import { type Command, InvalidArgumentError, Option } from 'commander';
import type { PolicyKind } from '../model/policy.ts';
import type { KubeAccess } from '../source/kube/connection.ts';

/** What `weir-operator wait` is told. */
export interface WaitOptions {
  readonly access: KubeAccess;
  /** Undefined: that of the kubeconfig's context, or of the pod. */
  readonly namespace: string | undefined;
  readonly policies: readonly NamedPolicy[];
  readonly timeoutMs: number;
}

export interface NamedPolicy {
  readonly kind: PolicyKind;
  readonly name: string;
}

interface WaitFlags {
  readonly for: string;
  readonly timeout: number;
  readonly namespace?: string;
  readonly kubeconfig?: string;
  readonly inCluster?: true;
}

/** As kubectl takes them, in any case; without short names that several kinds claim. */
const kinds: Readonly<Record<string, PolicyKind>> = {
  networkpolicy: 'NetworkPolicy',
  networkpolicies: 'NetworkPolicy',
  netpol: 'NetworkPolicy',
  ciliumnetworkpolicy: 'CiliumNetworkPolicy',
  ciliumnetworkpolicies: 'CiliumNetworkPolicy',
  ciliumclusterwidenetworkpolicy: 'CiliumClusterwideNetworkPolicy',
  ciliumclusterwidenetworkpolicies: 'CiliumClusterwideNetworkPolicy',
  clusternetworkpolicy: 'ClusterNetworkPolicy',
  clusternetworkpolicies: 'ClusterNetworkPolicy',
};

/** Its errors are thrown, as CommanderErrors, so that wrong use has an exit status of its own. */
export function addWait(program: Command, act: (options: WaitOptions) => Promise<void>): void {
  const command = program
    .command('wait')
    .description(
      'wait until policies are enforced on every node that they are for; exit status 0: they are, 1: not in time, 2: wrong use or no answer',
    )
    .argument('<kind/name...>', 'policies', policyOf)
    .addOption(new Option('--for <what>').choices(['enforced']).default('enforced'))
    .option('--timeout <duration>', '"90s", "5m" or "500ms"', durationOf, 60_000)
    .option('-n, --namespace <name>', "namespace of the policies (default: the context's or the pod's)")
    .addOption(
      new Option('--kubeconfig <file>', 'API server that its current context names').env('KUBECONFIG'),
    )
    .addOption(new Option('--in-cluster', "API server of the pod's cluster").conflicts('kubeconfig'))
    .exitOverride();
  command.action((policies: readonly NamedPolicy[], flags: WaitFlags) => {
    const { timeout, namespace, kubeconfig } = flags;
    if (!kubeconfig && !flags.inCluster)
      return command.error('error: one of --kubeconfig, $KUBECONFIG and --in-cluster is needed');
    const access: KubeAccess = flags.inCluster
      ? { kind: 'in-cluster' }
      : { kind: 'kubeconfig', file: kubeconfig ?? '' };
    return act({ access, namespace, policies, timeoutMs: timeout });
  });
}

function policyOf(text: string, former: readonly NamedPolicy[] | undefined): readonly NamedPolicy[] {
  const [kindText = '', name = '', more] = text.split('/');
  const kind = kinds[kindText.toLowerCase().split('.')[0] ?? ''];
  if (kind === undefined || name === '' || more !== undefined)
    throw new InvalidArgumentError('It has to be kind/name, as in networkpolicy/web.');
  return [...(former ?? []), { kind, name }];
}

function durationOf(text: string): number {
  const [, number, unit = ''] = /^(\d+)(ms|s|m|h)$/.exec(text) ?? [];
  const ms = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 }[unit];
  if (number === undefined || ms === undefined)
    throw new InvalidArgumentError('It has to be a whole number with a unit, as in 90s.');
  return Number(number) * ms;
}
