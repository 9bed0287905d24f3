import type { Prefix } from '../../model/address.ts';
import type { BlockScope, CidrGroupPeer, CidrPeer } from '../../model/policy.ts';
import { decodeSelector } from './decode-selector.ts';
import { describe, type Field } from './field.ts';
import { isDnsSubdomain } from './names.ts';
import { containsPrefix, parsePrefix } from './parse-prefix.ts';
import { selectorOf } from './scope-selector.ts';
import { groupKey } from './selector-keys.ts';

/** fromCIDR, toCIDR: one block a line. */
export function decodeCidr(field: Field, scope: BlockScope): CidrPeer | undefined {
  const block = decodeBlock(field);
  return block && { kind: 'cidr', block, except: [], scope };
}

const sources = ['cidr', 'cidrGroupRef', 'cidrGroupSelector'] as const;

/** fromCIDRSet, toCIDRSet: blocks, or those of groups, without the blocks of `except`. */
export function decodeCidrSet(field: Field, scope: BlockScope): CidrPeer | CidrGroupPeer | undefined {
  if (!field.object()) return undefined;
  field.object({ known: [...sources, 'except'] });
  const [source, ...more] = sources.filter((name) => field.get(name).present);
  if (source === undefined) return field.refuse(`must have one of ${sources.join(', ')}`);
  if (more.length > 0)
    field.refuse(`must have one of ${sources.join(', ')}, has ${[source, ...more].join(' and ')}`);
  // A hole may be as large as the block.
  if (source === 'cidr') return decodeWithHoles(field, scope, containsPrefix, 'must lie inside');
  const group = source === 'cidrGroupRef' ? decodeName(field.get(source)) : decodeGroups(field.get(source));
  const holes = field.get('except').items().map(decodeBlock);
  const except = holes.filter((hole) => hole !== undefined);
  return group && { kind: 'cidr-group', group, except, scope };
}

function decodeName(field: Field): CidrGroupPeer['group'] | undefined {
  const name = field.string();
  if (name === undefined) return undefined;
  if (!isDnsSubdomain(name)) return field.refuse(`${describe(name)} can't be the name of a CiliumCIDRGroup`);
  return { kind: 'name', name };
}

function decodeGroups(field: Field): CidrGroupPeer['group'] | undefined {
  const requirements = decodeSelector(field, groupKey);
  return requirements && { kind: 'selector', selector: selectorOf(requirements) };
}

/** NetworkPolicy's ipBlock: every `except` is smaller than the block. */
export function decodeIpBlock(field: Field, scope: BlockScope): CidrPeer | undefined {
  if (!field.object()) return undefined;
  field.object({ known: ['cidr', 'except'] });
  if (!field.get('cidr').present) return field.refuse('must have a cidr');
  const inside = (block: Prefix, except: Prefix): boolean =>
    containsPrefix(block, except) && except.length > block.length;
  return decodeWithHoles(field, scope, inside, 'must be smaller than, and inside,');
}

function decodeWithHoles(
  field: Field,
  scope: BlockScope,
  inside: (block: Prefix, except: Prefix) => boolean,
  rule: string,
): CidrPeer | undefined {
  const block = decodeBlock(field.get('cidr'));
  const except = field
    .get('except')
    .items()
    .map((item) => {
      const hole = decodeBlock(item);
      if (hole === undefined || block === undefined || inside(block, hole)) return hole;
      return item.refuse(`${hole.text} ${rule} the cidr ${block.text}`);
    });
  return block && { kind: 'cidr', block, except: except.filter((hole) => hole !== undefined), scope };
}

/** "address/length". */
export function decodeBlock(field: Field): Prefix | undefined {
  const text = field.string();
  if (text === undefined) return undefined;
  return (
    parsePrefix(text) ??
    field.refuse(
      `${describe(text)} is no block of addresses: write "address/length", length 0–32 for IPv4 and 0–128 for IPv6`,
    )
  );
}
