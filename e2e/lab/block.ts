import ipaddr from 'ipaddr.js';
import { LabError } from './errors.ts';
import type { Family } from './net/family.ts';
import { wholeLength } from './net/family.ts';

/** An address block with whole-number arithmetic. */
export interface Block {
  readonly family: Family;
  readonly base: bigint;
  /** In bits. */
  readonly length: number;
}

/** @throws LabError manifest-invalid; `where` names the place in the message. */
export function parseAddress(text: string, where: string): bigint {
  if (!ipaddr.isValid(text))
    throw new LabError('manifest-invalid', `${where}: "${text}" is not an IP address`);
  return ipaddr
    .parse(text)
    .toByteArray()
    .reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
}

/** @throws LabError manifest-invalid */
export function parseBlock(text: string, where: string): Block {
  const [address = '', length = ''] = text.split('/');
  const family = address.includes(':') ? 6 : 4;
  const bits = Number(length);
  if (!/^\d+$/.test(length) || bits > wholeLength(family)) {
    throw new LabError('manifest-invalid', `${where}: "${text}" is not a CIDR block`);
  }
  const value = parseAddress(address, where);
  const host = BigInt(wholeLength(family) - bits);
  return { family, base: (value >> host) << host, length: bits };
}

export function formatAddress(family: Family, value: bigint): string {
  const bytes = Array.from({ length: family === 4 ? 4 : 16 }, (_, index) =>
    Number((value >> BigInt(wholeLength(family) - 8 * (index + 1))) & 255n),
  );
  return ipaddr.fromByteArray(bytes).toString();
}

export const blockText = (block: Block): string =>
  `${formatAddress(block.family, block.base)}/${block.length}`;

const blockSize = (block: Block): bigint => 1n << BigInt(wholeLength(block.family) - block.length);

export const blockHas = (block: Block, value: bigint): boolean =>
  value >= block.base && value < block.base + blockSize(block);

/** The first address of a block from an offset on that is not taken; it is then. */
export function takeAddress(block: Block, offset: bigint, taken: Set<string>, where: string): string {
  for (let at = offset; at < blockSize(block) - 1n; at++) {
    const text = formatAddress(block.family, block.base + at);
    if (taken.has(text)) continue;
    taken.add(text);
    return text;
  }
  throw new LabError('manifest-invalid', `${where}: no address left in ${blockText(block)}`);
}

/** The smallest block that has all the addresses and is no smaller than `atMost` bits long. */
export function coverOf(family: Family, values: readonly bigint[], atMost: number): Block {
  const first = values[0] ?? 0n;
  let length = atMost;
  for (; length > 0; length--) {
    const host = BigInt(wholeLength(family) - length);
    if (values.every((value) => value >> host === first >> host)) break;
  }
  const host = BigInt(wholeLength(family) - length);
  return { family, base: (first >> host) << host, length };
}
