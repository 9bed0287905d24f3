import type { ClusterState } from '../model/cluster.ts';
import type { Pod } from '../model/endpoint.ts';
import type { TieredPolicy } from '../model/policy.ts';
import { podLabels } from './effective-labels.ts';
import type { MatchItem } from './match-item.ts';
import { selects } from './selects.ts';
import type { Direction } from './side.ts';
import type { Verdict } from './verdict.ts';

/**
 * What the policies of one tier say: they are walked by priority, then by name, their rules in order, and the first
 * that matches decides. Undefined: none matches, or the one that does says Pass, which ends the tier.
 */
export function evaluateTier(
  state: ClusterState,
  tier: TieredPolicy['tier'],
  {
    subject,
    direction,
    matches,
  }: { readonly subject: Pod; readonly direction: Direction; readonly matches: MatchItem },
): Verdict | undefined {
  const labels = podLabels(state, subject);
  for (const policy of policiesOf(state, tier)) {
    if (!selects(policy.subject, labels)) continue;
    const rule = policy[direction].find(matches);
    if (!rule) continue;
    if (rule.action === 'pass') return undefined;
    const origins = [{ ref: policy.ref, path: rule.path, log: '' }];
    return { verdict: rule.action === 'accept' ? 'allow' : 'deny', reason: 'rule', origins };
  }
  return undefined;
}

function policiesOf(state: ClusterState, tier: TieredPolicy['tier']): readonly TieredPolicy[] {
  const policies: TieredPolicy[] = [];
  for (const { inForce } of state.policies.values()) {
    if (inForce.kind === 'TieredPolicy' && inForce.tier === tier) policies.push(inForce);
  }
  return policies.sort((a, b) => a.priority - b.priority || (a.ref.name < b.ref.name ? -1 : 1));
}
