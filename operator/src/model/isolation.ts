import type { DirectionRules, Policy, PolicyRule, SelectingPolicy } from './policy.ts';

export type Directions = Record<'ingress' | 'egress', boolean>;

const isolated = (defaultDeny: boolean): DirectionRules => ({ defaultDeny, allow: [], deny: [] });

/** The pods that a rule selects, isolated in some directions. */
export const isolate = (
  { path, subject }: Pick<PolicyRule, 'path' | 'subject'>,
  directions: Directions,
): PolicyRule => ({
  path,
  subject,
  ingress: isolated(directions.ingress),
  egress: isolated(directions.egress),
  log: '',
});

/** What is in the place of a valid policy that can't be in force: rules that only add are left out, which opens nothing. */
export function isolationOf(policy: Policy): SelectingPolicy {
  const { ref } = policy;
  if (policy.kind === 'Policy') {
    const forbids = ({ defaultDeny, deny }: DirectionRules): boolean => defaultDeny || deny.length > 0;
    const rules = policy.rules.map((rule) =>
      isolate(rule, { ingress: forbids(rule.ingress), egress: forbids(rule.egress) }),
    );
    return { kind: 'Policy', ref, rules };
  }
  const { subject, ingress, egress } = policy;
  const [inward, outward] = [ingress, egress].map((rules) => rules.some(({ action }) => action !== 'accept'));
  const directions = { ingress: inward ?? false, egress: outward ?? false };
  return { kind: 'Policy', ref, rules: [isolate({ path: 'spec', subject }, directions)] };
}
