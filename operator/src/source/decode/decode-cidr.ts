import type { Prefix } from '../../model/address.ts';
import type { CidrPeer } from '../../model/policy.ts';
import { describe, type Field } from './field.ts';
import { containsPrefix, parsePrefix } from './parse-prefix.ts';

/** fromCIDR, toCIDR: one block a line. */
export function decodeCidr(field: Field): CidrPeer | undefined {
  const block = readBlock(field);
  return block && { kind: 'cidr', block, except: [], scope: 'external' };
}

/** fromCIDRSet, toCIDRSet: a block without the blocks of `except`, which may be as large as it. */
export function decodeCidrSet(field: Field): CidrPeer | undefined {
  if (!field.object()) return undefined;
  field.object({ known: ['cidr', 'except'], unsupported: ['cidrGroupRef', 'cidrGroupSelector'] });
  if (!field.get('cidr').present) return hasGroup(field) ? undefined : field.refuse('must have a cidr');
  return decodeBlock(field, 'external', (block, except) => containsPrefix(block, except), 'must lie inside');
}

const hasGroup = (field: Field): boolean =>
  field.get('cidrGroupRef').present || field.get('cidrGroupSelector').present;

/** NetworkPolicy's ipBlock: every `except` is smaller than the block. */
export function decodeIpBlock(field: Field, scope: CidrPeer['scope']): CidrPeer | undefined {
  if (!field.object()) return undefined;
  field.object({ known: ['cidr', 'except'] });
  if (!field.get('cidr').present) return field.refuse('must have a cidr');
  const inside = (block: Prefix, except: Prefix): boolean =>
    containsPrefix(block, except) && except.length > block.length;
  return decodeBlock(field, scope, inside, 'must be smaller than, and inside,');
}

function decodeBlock(
  field: Field,
  scope: CidrPeer['scope'],
  inside: (block: Prefix, except: Prefix) => boolean,
  rule: string,
): CidrPeer | undefined {
  const block = readBlock(field.get('cidr'));
  const except = field
    .get('except')
    .items()
    .map((item) => {
      const hole = readBlock(item);
      if (hole === undefined || block === undefined || inside(block, hole)) return hole;
      return item.refuse(`${hole.text} ${rule} the cidr ${block.text}`);
    });
  return block && { kind: 'cidr', block, except: except.filter((hole) => hole !== undefined), scope };
}

function readBlock(field: Field): Prefix | undefined {
  const text = field.string();
  if (text === undefined) return undefined;
  return (
    parsePrefix(text) ??
    field.refuse(
      `${describe(text)} is no block of addresses: write "address/length", length 0–32 for IPv4 and 0–128 for IPv6`,
    )
  );
}
