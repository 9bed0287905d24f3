import type { Prefix } from '../model/address.ts';
import type { CidrGroup } from '../model/cidr-group.ts';
import type { Requirement } from '../model/labels.ts';
import type { CidrGroupPeer } from '../model/policy.ts';
import { type AddressBlock, blockWithout, intersectBlocks, wholeFamilies } from './address-block.ts';
import type { PeerContext } from './peer-context.ts';

/**
 * The addresses that a peer means. A selector is asked about each address, which carries the labels of all groups
 * that have it: what it must have is in a block of some group that has it, what it must not have in none.
 */
export function cidrGroupBlocks(
  { group, except }: CidrGroupPeer,
  context: PeerContext,
): readonly AddressBlock[] {
  if (group.kind === 'name') return without(context.cidrGroup(group.name)?.blocks ?? [], except);
  const groups = [...context.cidrGroups()];
  let included: readonly Prefix[] = wholeFamilies;
  const holes = [...except];
  for (const requirement of group.selector.requirements) {
    const blocks = groups.filter((each) => carries(each, requirement)).flatMap((each) => each.blocks);
    if (requirement.operator === 'In' || requirement.operator === 'Exists') {
      included = intersectBlocks(included, blocks);
    } else {
      holes.push(...blocks);
    }
  }
  return without(included, holes);
}

/** Whether the group has the label that the requirement asks for, or against. */
function carries({ labels }: CidrGroup, { source, key, operator, values }: Requirement): boolean {
  if (source !== 'any' && source !== 'cidrgroup') return false;
  const value = labels.get(key);
  if (value === undefined) return false;
  return operator === 'Exists' || operator === 'DoesNotExist' || values.includes(value);
}

const without = (blocks: readonly Prefix[], holes: readonly Prefix[]): readonly AddressBlock[] =>
  blocks.flatMap((block) => blockWithout(block, holes) ?? []);
