import type { Problem, RefusedCidrGroup } from './event.ts';
import type { Labels, Requirement } from './labels.ts';
import type { CidrGroupPeer, Policy, RuleItem, TieredRule } from './policy.ts';

/** A peer that means CiliumCIDRGroups, and the path of the rule that it is in. */
export interface NamedGroups {
  readonly path: string;
  readonly group: CidrGroupPeer['group'];
}

/** All places of a policy that mean CiliumCIDRGroups. */
export const namedGroups = (policy: Policy): readonly NamedGroups[] =>
  itemsOf(policy).flatMap(({ path, peers }) =>
    peers.kind === 'list'
      ? peers.peers.flatMap((peer) => (peer.kind === 'cidr-group' ? [{ path, group: peer.group }] : []))
      : [],
  );

const itemsOf = (policy: Policy): readonly (RuleItem | TieredRule)[] =>
  policy.kind === 'TieredPolicy'
    ? [...policy.ingress, ...policy.egress]
    : policy.rules
        .flatMap(({ ingress, egress }) => [ingress, egress])
        .flatMap(({ allow, deny }) => [...allow, ...deny]);

/** Why a policy with these places can't be in force while nobody knows the blocks of some groups. */
export const groupProblems = (
  places: readonly NamedGroups[],
  unknown: readonly RefusedCidrGroup[],
): readonly Problem[] =>
  places.flatMap(({ path, group }) =>
    unknown.filter((one) => means(group, one)).map((one) => ({ path, message: messageOf(one) })),
  );

/** Whether the blocks of that group may matter, by its name or by one of its labels, wanted or not wanted. */
function means(group: CidrGroupPeer['group'], { name, labels }: RefusedCidrGroup): boolean {
  return group.kind === 'name'
    ? group.name === name
    : group.selector.requirements.some((requirement) => speaksOf(requirement, labels));
}

function speaksOf({ source, key, operator, values }: Requirement, labels: Labels): boolean {
  const value = source === 'any' || source === 'cidrgroup' ? labels.get(key) : undefined;
  if (value === undefined) return false;
  return operator === 'Exists' || operator === 'DoesNotExist' || values.includes(value);
}

function messageOf({ name, problems: [first] }: RefusedCidrGroup): string {
  const why = first ? `: ${first.path}: ${first.message}` : '';
  return `needs the CiliumCIDRGroup "${name}", of which no version was accepted${why}`;
}
