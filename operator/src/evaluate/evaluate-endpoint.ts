import type { ClusterState } from '../model/cluster.ts';
import type { Pod } from '../model/endpoint.ts';
import { evaluateTier } from './evaluate-tier.ts';
import { type GoverningRule, governing } from './governing.ts';
import { identify, type PeerIdentity } from './identify.ts';
import { itemMatcher, type MatchItem } from './match-item.ts';
import type { Direction, Packet, Side } from './side.ts';
import { allowFor, type Origin, type Verdict } from './verdict.ts';

/** May this pod get (ingress) or send (egress) this packet from or to this peer? Its own policies decide. */
export interface EndpointQuery extends Packet {
  readonly subject: Pod;
  readonly direction: Direction;
  readonly peer: Side;
}

/**
 * The Admin tier first; then deny rules before allow rules of all other kinds. What is isolated and not allowed is
 * denied, except that its own node comes in. What is not isolated goes through the Baseline tier and is open.
 */
export function evaluateEndpoint(state: ClusterState, query: EndpointQuery): Verdict {
  const { subject, direction } = query;
  if (state.settings.enablePolicy === 'never') return allowFor('disabled');
  if (subject.hostNetwork || subject.cluster !== undefined) return allowFor('not-governed');

  const peer = identify(state, subject, query.peer, query);
  const matches = itemMatcher(state, direction, { subject, peer, packet: query });
  const { admin, rules, baseline } = governing(state, subject, direction);
  return (
    evaluateTier(admin, direction, matches) ??
    evaluateRules(rules, matches) ??
    evaluateIsolation(state, rules, direction, peer) ??
    evaluateTier(baseline, direction, matches) ??
    allowFor('not-isolated')
  );
}

/** By the rules that match, if any does: specificity never matters. */
function evaluateRules(rules: readonly GoverningRule[], matches: MatchItem): Verdict | undefined {
  const denying = matchingItems(rules, 'deny', matches);
  if (denying.length > 0) return { verdict: 'deny', reason: 'rule', origins: denying };
  const allowing = matchingItems(rules, 'allow', matches);
  if (allowing.length > 0) return { verdict: 'allow', reason: 'rule', origins: allowing };
  return undefined;
}

/** Where the subject is isolated; a single rule that isolates is enough. */
function evaluateIsolation(
  { settings }: ClusterState,
  rules: readonly GoverningRule[],
  direction: Direction,
  peer: PeerIdentity,
): Verdict | undefined {
  const isolating = rules.filter(({ says }) => says.defaultDeny);
  if (isolating.length === 0 && settings.enablePolicy !== 'always') return undefined;
  const isOwnNode = direction === 'ingress' && peer.kind === 'node' && peer.isLocal;
  // Without any rule of the direction, as `always` may have it, Cilium does not let the node in either.
  if (isOwnNode && settings.allowLocalhost !== 'policy' && rules.length > 0) return allowFor('localhost');
  const origins = isolating.map(({ ref, rule }) => ({ ref, path: rule.path, log: rule.log }));
  return { verdict: 'deny', reason: 'default', origins };
}

const matchingItems = (
  rules: readonly GoverningRule[],
  effect: 'allow' | 'deny',
  matches: MatchItem,
): readonly Origin[] =>
  rules.flatMap(({ ref, rule, says }) =>
    says[effect].filter(matches).map(({ path }) => ({ ref, path, log: rule.log })),
  );
