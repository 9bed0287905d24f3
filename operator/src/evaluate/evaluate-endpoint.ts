import { type ClusterState, policyKey } from '../model/cluster.ts';
import type { Pod } from '../model/endpoint.ts';
import type { DirectionRules, PolicyRef, PolicyRule } from '../model/policy.ts';
import { podLabels } from './effective-labels.ts';
import { evaluateTier } from './evaluate-tier.ts';
import { identify, type PeerIdentity } from './identify.ts';
import { itemMatcher, type MatchItem } from './match-item.ts';
import { selects } from './selects.ts';
import type { Direction, Packet, Side } from './side.ts';
import { allowFor, type Origin, type Verdict } from './verdict.ts';

/** May this pod get (ingress) or send (egress) this packet from or to this peer? Its own policies decide. */
export interface EndpointQuery extends Packet {
  readonly subject: Pod;
  readonly direction: Direction;
  readonly peer: Side;
}

/** A rule that selects the subject, with what it says about the direction. */
interface GoverningRule {
  readonly ref: PolicyRef;
  readonly rule: PolicyRule;
  readonly says: DirectionRules;
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
  const rules = governingRules(state, subject, direction);
  return (
    evaluateTier(state, 'admin', { subject, direction, matches }) ??
    evaluateRules(rules, matches) ??
    evaluateIsolation(state, rules, direction, peer) ??
    evaluateTier(state, 'baseline', { subject, direction, matches }) ??
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

/** The rules that select the subject and say anything about the direction, sorted by policy. */
function governingRules(state: ClusterState, subject: Pod, direction: Direction): readonly GoverningRule[] {
  const labels = podLabels(state, subject);
  const rules: GoverningRule[] = [];
  for (const { inForce } of state.policies.values()) {
    if (inForce.kind !== 'Policy') continue;
    for (const rule of inForce.rules) {
      const says = rule[direction];
      const speaks = says.defaultDeny || says.allow.length > 0 || says.deny.length > 0;
      if (speaks && selects(rule.subject, labels)) rules.push({ ref: inForce.ref, rule, says });
    }
  }
  return rules.sort((a, b) => compareText(policyKey(a.ref), policyKey(b.ref)));
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const matchingItems = (
  rules: readonly GoverningRule[],
  effect: 'allow' | 'deny',
  matches: MatchItem,
): readonly Origin[] =>
  rules.flatMap(({ ref, rule, says }) =>
    says[effect].filter(matches).map(({ path }) => ({ ref, path, log: rule.log })),
  );
