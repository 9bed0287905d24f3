import { type Command, InvalidArgumentError, Option } from 'commander';
import type { PolicyKind } from '../model/policy.ts';
import type { KubeAccess } from '../source/kube/connection.ts';
import { type AccessFlags, accessMissing, accessOf, withAccess } from './access-flags.ts';
import { durationOption } from './duration.ts';

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

interface WaitFlags extends AccessFlags {
  readonly for: string;
  readonly timeout: number;
  readonly namespace?: string;
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
  const command = withAccess(program.command('wait'))
    .description(
      'wait until policies are enforced on every node that they are for; exit status 0: they are, 1: not in time, 2: wrong use or no answer',
    )
    .argument('<kind/name...>', 'policies', policyOf)
    .addOption(new Option('--for <what>').choices(['enforced']).default('enforced'))
    .addOption(durationOption('--timeout <duration>', '"90s", "5m" or "500ms"', '60s'))
    .option('-n, --namespace <name>', "namespace of the policies (default: the context's or the pod's)")
    .exitOverride();
  command.action((policies: readonly NamedPolicy[], flags: WaitFlags) => {
    const { timeout, namespace } = flags;
    const access = accessOf(flags);
    if (access === undefined) return command.error(accessMissing);
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
