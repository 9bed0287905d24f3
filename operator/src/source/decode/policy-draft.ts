import { type Directions, isolate } from '../../model/isolation.ts';
import type { Policy, PolicyRef, PolicyRule, SelectingPolicy } from '../../model/policy.ts';

/** What a manifest says, valid if no problem was found, and what is in its place if it is not. */
export interface PolicyDraft {
  readonly policy: Policy;
  readonly isolation: SelectingPolicy;
}

export interface RuleDraft {
  readonly rule: PolicyRule;
  readonly isolation: PolicyRule;
}

/** A rule, and the pods that it selects isolated in the directions that it names. */
export const draftRule = (rule: PolicyRule, named: Directions): RuleDraft => ({
  rule,
  isolation: isolate(rule, named),
});

/** Rules whose subject can't be read are missing: they select nothing. */
export const draftPolicy = (ref: PolicyRef, drafts: readonly RuleDraft[]): PolicyDraft => ({
  policy: { kind: 'Policy', ref, rules: drafts.map(({ rule }) => rule) },
  isolation: { kind: 'Policy', ref, rules: drafts.map(({ isolation }) => isolation) },
});
