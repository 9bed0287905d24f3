import type { Prefix } from '../model/address.ts';
import type { CidrGroup } from '../model/cidr-group.ts';
import type { ClusterState } from '../model/cluster.ts';
import type { CidrGroupPeer } from '../model/policy.ts';
import { contains } from './contains.ts';
import type { EffectiveLabel } from './effective-labels.ts';
import { selects } from './selects.ts';

/**
 * Whether an address is among those that the peer means. A selector is asked about the address, which carries the
 * labels of all groups that have it: so a negative condition alone also selects what is in no group.
 */
export function matchCidrGroup(
  state: ClusterState,
  { group, except }: CidrGroupPeer,
  address: Prefix | undefined,
): boolean {
  if (address === undefined || except.some((hole) => contains(hole, address))) return false;
  const groups = [...state.cidrGroups.values()].filter(({ blocks }) =>
    blocks.some((block) => contains(block, address)),
  );
  switch (group.kind) {
    case 'name':
      return groups.some(({ name }) => name === group.name);
    case 'selector':
      return selects(group.selector, groups.flatMap(labelsOf));
  }
}

const labelsOf = ({ labels }: CidrGroup): readonly EffectiveLabel[] =>
  Array.from(labels, ([key, value]) => ({ source: 'cidrgroup', key, value }));
