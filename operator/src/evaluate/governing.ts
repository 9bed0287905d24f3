import { type ClusterState, policyKey } from '../model/cluster.ts';
import type { Pod } from '../model/endpoint.ts';
import type { DirectionRules, PolicyRef, PolicyRule, TieredPolicy } from '../model/policy.ts';
import { podLabels } from './effective-labels.ts';
import { selects } from './selects.ts';
import type { Direction } from './side.ts';

/** All that has a say about a pod in one direction. */
export interface Governing {
  readonly admin: readonly TieredPolicy[];
  readonly rules: readonly GoverningRule[];
  readonly baseline: readonly TieredPolicy[];
}

/** A rule that selects the subject, with what it says about the direction. */
export interface GoverningRule {
  readonly ref: PolicyRef;
  readonly rule: PolicyRule;
  readonly says: DirectionRules;
}

export function governing(state: ClusterState, subject: Pod, direction: Direction): Governing {
  return {
    admin: governingTier(state, 'admin', subject, direction),
    rules: governingRules(state, subject, direction),
    baseline: governingTier(state, 'baseline', subject, direction),
  };
}

/** Whether anything is said about the pod in this direction at all; where not, everything passes. */
export function isGoverned(state: ClusterState, subject: Pod, direction: Direction): boolean {
  const { enablePolicy } = state.settings;
  if (enablePolicy === 'never' || subject.hostNetwork || subject.cluster !== undefined) return false;
  if (enablePolicy === 'always') return true;
  const { admin, rules, baseline } = governing(state, subject, direction);
  return admin.length + rules.length + baseline.length > 0;
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

/** The policies of a tier that select the subject and have a rule of the direction, by priority, then by name. */
function governingTier(
  state: ClusterState,
  tier: TieredPolicy['tier'],
  subject: Pod,
  direction: Direction,
): readonly TieredPolicy[] {
  const labels = podLabels(state, subject);
  const policies: TieredPolicy[] = [];
  for (const { inForce } of state.policies.values()) {
    if (inForce.kind !== 'TieredPolicy' || inForce.tier !== tier) continue;
    if (inForce[direction].length > 0 && selects(inForce.subject, labels)) policies.push(inForce);
  }
  return policies.sort((a, b) => a.priority - b.priority || (a.ref.name < b.ref.name ? -1 : 1));
}
