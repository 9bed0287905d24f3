import { type Command, Option } from 'commander';

/** How agents prove which node they are on. */
export type TrustChoice =
  /** Certificates by an authority in the state folder. */
  | { readonly kind: 'certificates' }
  /** Tokens of their pods, reviewed by the API server; the authority is in a Secret beside the operator. */
  | { readonly kind: 'tokens'; readonly serviceAccount: ServiceAccountName };

export interface ServiceAccountName {
  /** Undefined: the operator's own. */
  readonly namespace: string | undefined;
  readonly name: string;
}

export interface TrustFlags {
  readonly agentTrust: TrustChoice['kind'];
  readonly agentServiceAccount: string;
}

export const withTrust = (command: Command): Command =>
  command
    .addOption(
      new Option('--agent-trust <kind>', 'how agents prove which node they are on; tokens need an API server')
        .choices(['certificates', 'tokens'])
        .default('certificates'),
    )
    .option(
      '--agent-service-account <[namespace/]name>',
      "ServiceAccount of the agents' pods (default namespace: the operator's)",
      'weir-agent',
    );

export function trustOf({ agentTrust, agentServiceAccount }: TrustFlags): TrustChoice {
  if (agentTrust === 'certificates') return { kind: agentTrust };
  const [name = '', namespace] = agentServiceAccount.split('/').reverse();
  return { kind: agentTrust, serviceAccount: { namespace, name } };
}
