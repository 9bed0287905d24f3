import type { Prefix } from '../model/address.ts';

/** Whether the address, or the whole smaller block, lies in the block. */
export function contains(block: Prefix, inner: Prefix): boolean {
  if (block.family !== inner.family || inner.length < block.length) return false;
  for (let bit = 0; bit < block.length; bit++) {
    if (bitAt(block.address, bit) !== bitAt(inner.address, bit)) return false;
  }
  return true;
}

const bitAt = (address: Uint8Array, bit: number): number => ((address[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1;

/** Whether the address is one of these. */
export const holds = (addresses: readonly Prefix[], address: Prefix): boolean =>
  addresses.some(({ text }) => text === address.text);
