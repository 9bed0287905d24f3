import type { TieredPolicy } from '../model/policy.ts';
import type { MatchItem } from './match-item.ts';
import type { Direction } from './side.ts';
import type { Verdict } from './verdict.ts';

/**
 * What the policies of one tier say that govern the subject: their rules are walked in order, and the first that
 * matches decides. Undefined: none matches, or the one that does says Pass, which ends the tier.
 */
export function evaluateTier(
  policies: readonly TieredPolicy[],
  direction: Direction,
  matches: MatchItem,
): Verdict | undefined {
  for (const policy of policies) {
    const rule = policy[direction].find(matches);
    if (!rule) continue;
    if (rule.action === 'pass') return undefined;
    const origins = [{ ref: policy.ref, path: rule.path, log: '' }];
    return { verdict: rule.action === 'accept' ? 'allow' : 'deny', reason: 'rule', origins };
  }
  return undefined;
}
