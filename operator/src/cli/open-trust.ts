import type { Log } from '@weir/log/log.ts';
import type { HealthCheck } from '../controller/health.ts';
import { OperatorError } from '../errors.ts';
import type { ClusterEvent } from '../model/event.ts';
import { type Admit, type AgentPod, admitCertificate } from '../push/admission.ts';
import type { ServerIdentity, ServerTls } from '../push/server-tls.ts';
import type { ApiClient } from '../source/kube/api-client.ts';
import { openAuthority, operatorName } from '../trust/authority.ts';
import type { TrustChoice } from './trust-flags.ts';

export interface TrustParts {
  readonly choice: TrustChoice;
  readonly client: ApiClient | undefined;
  /** For an authority in files. */
  readonly state: string;
  /** Names and addresses of this operator, for a certificate by an authority in files. */
  readonly names: readonly string[];
  readonly leads: () => boolean;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** Milliseconds, monotonic. */
  readonly monotonic: () => number;
  readonly log: Log;
}

/** How this operator and its agents know each other. */
export interface Trust {
  readonly tls: ServerTls | ServerIdentity;
  readonly admit: Admit;
  /** Resolves when there is a certificate to show, or the signal aborts. */
  start(signal: AbortSignal): Promise<void>;
  /** This operator leads now. */
  lead(): void;
  /** Of all agents' pods, those that these events have taken away; undefined: none. */
  gone(events: readonly ClusterEvent[]): ((pod: AgentPod) => boolean) | undefined;
  /** Of readiness: whether there is something good to show. */
  readonly checks: readonly HealthCheck[];
  close(): Promise<void>;
}

/** Throws an OperatorError `certificate-unusable` or `kubeconfig-unusable`. */
export const openTrust = (parts: TrustParts): Promise<Trust> =>
  parts.choice.kind === 'certificates' ? openCertificates(parts) : openTokens(parts, parts.choice);

async function openCertificates({ state, names, clock }: TrustParts): Promise<Trust> {
  const authority = await openAuthority(state, clock);
  return {
    tls: await authority.issueServer(names),
    admit: admitCertificate,
    start: () => Promise.resolve(),
    lead: () => undefined,
    gone: () => undefined,
    checks: [],
    close: () => Promise.resolve(),
  };
}

async function openTokens(
  { client, clock, monotonic, log, leads }: TrustParts,
  { serviceAccount: { namespace, name } }: Extract<TrustChoice, { kind: 'tokens' }>,
): Promise<Trust> {
  if (client === undefined)
    throw new OperatorError('kubeconfig-unusable', 'tokens can only be reviewed by an API server');
  const { ClusterAuthority } = await import('../trust/cluster-authority.ts');
  const { TokenReviewer } = await import('../trust/token-reviewer.ts');
  const { admitToken } = await import('../trust/admit-token.ts');
  const agents = { namespace: namespace ?? client.namespace, name };
  const authority = new ClusterAuthority({ client, namespace: client.namespace, clock, log, leads });
  const reviewer = new TokenReviewer({
    client,
    serviceAccount: agents,
    audience: operatorName,
    clock,
    monotonic,
  });
  return {
    tls: authority.identity,
    admit: admitToken(reviewer),
    start: (signal) => authority.start(signal),
    lead: () => authority.refresh(),
    gone: (events) => {
      const uids = uidsIn(events, agents.namespace);
      if (uids.size === 0) return undefined;
      const isGone = ({ namespace: of, name: pod, uid }: AgentPod): boolean =>
        of === agents.namespace && uids.has(pod) && uids.get(pod) !== uid;
      reviewer.forget(isGone);
      return isGone;
    },
    checks: [{ name: 'trust', failure: () => authority.failure }],
    close: () => authority.close(),
  };
}

/** The pods of a namespace that the events name, with the uid that each has now; undefined: it is gone. */
function uidsIn(events: readonly ClusterEvent[], namespace: string): ReadonlyMap<string, string | undefined> {
  const uids = new Map<string, string | undefined>();
  for (const event of events)
    if (event.kind === 'remove') {
      const { kind, namespace: of, name } = event.key;
      if (kind === 'Pod' && of === namespace) uids.set(name, undefined);
    } else if (event.object.kind === 'Pod' && event.object.namespace === namespace) {
      uids.set(event.object.name, event.object.uid);
    }
  return uids;
}
