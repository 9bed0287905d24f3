import { type ClusterState, policyKey } from '../model/cluster.ts';
import type { Pod } from '../model/endpoint.ts';
import type { DirectionRules, PolicyRef, PolicyRule, RuleItem } from '../model/policy.ts';
import { podLabels } from './effective-labels.ts';
import { identify } from './identify.ts';
import { matchEgressItem, matchIngressItem } from './match-item.ts';
import { selects } from './selects.ts';
import type { Direction, Packet, Side } from './side.ts';
import type { Origin, Reason, Verdict } from './verdict.ts';

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

/** Deny rules go before allow rules, these before the node's own access, and that before default deny. */
export function evaluateEndpoint(state: ClusterState, query: EndpointQuery): Verdict {
  const { subject, direction } = query;
  const { settings } = state;
  if (settings.enablePolicy === 'never') return allow('disabled');
  if (subject.hostNetwork || subject.cluster !== undefined) return allow('not-governed');

  const peer = identify(state, subject, query.peer, query);
  const rules = governingRules(state, subject, direction);
  const matches = (item: RuleItem) =>
    direction === 'ingress'
      ? matchIngressItem(item, query, subject, peer)
      : matchEgressItem(item, query, peer);

  const denying = matchingItems(rules, 'deny', matches);
  if (denying.length > 0) return { verdict: 'deny', reason: 'rule', origins: denying };

  const allowing = matchingItems(rules, 'allow', matches);
  if (allowing.length > 0) return { verdict: 'allow', reason: 'rule', origins: allowing };

  const isOwnNode = direction === 'ingress' && peer.kind === 'reserved' && peer.name === 'host';
  if (isOwnNode && settings.allowLocalhost !== 'policy' && rules.length > 0) return allow('localhost');

  const isolating = rules.filter(({ says }) => says.defaultDeny);
  if (isolating.length > 0 || settings.enablePolicy === 'always') {
    const origins = isolating.map(({ ref, rule }) => ({ ref, path: rule.path }));
    return { verdict: 'deny', reason: 'default', origins };
  }
  return allow('not-isolated');
}

const allow = (reason: Reason): Verdict => ({ verdict: 'allow', reason, origins: [] });

/** The rules that select the subject and say anything about the direction, sorted by policy. */
function governingRules(state: ClusterState, subject: Pod, direction: Direction): readonly GoverningRule[] {
  const labels = podLabels(state, subject);
  const rules: GoverningRule[] = [];
  for (const { inForce } of state.policies.values()) {
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
  matches: (item: RuleItem) => boolean,
): readonly Origin[] =>
  rules.flatMap(({ ref, says }) => says[effect].filter(matches).map(({ path }) => ({ ref, path })));
