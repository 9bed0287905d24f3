import type { LabelSelector } from '../../model/labels.ts';
import type { DirectionRules, Policy, PolicyRef, PolicyRule } from '../../model/policy.ts';

/** What a manifest says, valid if no problem was found, and what is in its place if it is not. */
export interface PolicyDraft {
  readonly policy: Policy;
  readonly isolation: Policy;
}

export interface RuleDraft {
  readonly rule: PolicyRule;
  readonly isolation: PolicyRule;
}

const isolated = (defaultDeny: boolean): DirectionRules => ({ defaultDeny, allow: [], deny: [] });

/** A rule, and the pods that it selects isolated in the directions that it names. */
export const draftRule = (
  path: string,
  subject: LabelSelector,
  rules: Record<'ingress' | 'egress', DirectionRules>,
  names: Record<'ingress' | 'egress', boolean>,
): RuleDraft => ({
  rule: { path, subject, ingress: rules.ingress, egress: rules.egress },
  isolation: { path, subject, ingress: isolated(names.ingress), egress: isolated(names.egress) },
});

/** Rules whose subject can't be read are missing: they select nothing. */
export const draftPolicy = (ref: PolicyRef, drafts: readonly RuleDraft[]): PolicyDraft => ({
  policy: { kind: 'Policy', ref, rules: drafts.map(({ rule }) => rule) },
  isolation: { kind: 'Policy', ref, rules: drafts.map(({ isolation }) => isolation) },
});
