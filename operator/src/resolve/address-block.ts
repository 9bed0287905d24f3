import type { Prefix } from '../model/address.ts';
import { containsPrefix } from './contains-prefix.ts';

export interface AddressBlock {
  readonly block: Prefix;
  /** Inside the block, sorted by text, each once. */
  readonly except: readonly Prefix[];
}

/** The blocks that are the whole of a family. */
export const wholeFamilies = [
  { family: 4, address: new Uint8Array(4), length: 0, text: '0.0.0.0/0' },
  { family: 6, address: new Uint8Array(16), length: 0, text: '::/0' },
] as const satisfies readonly Prefix[];

/** Undefined: nothing is left of the block. Holes may be anywhere. */
export function blockWithout(block: Prefix, holes: readonly Prefix[]): AddressBlock | undefined {
  const inside = new Map<string, Prefix>();
  for (const hole of holes) {
    if (containsPrefix(hole, block)) return undefined;
    if (containsPrefix(block, hole)) inside.set(hole.text, hole);
  }
  const except = [...inside].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, hole]) => hole);
  return { block, except };
}

/** The addresses that are in a block of both lists. */
export const intersectBlocks = (some: readonly Prefix[], others: readonly Prefix[]): readonly Prefix[] =>
  some.flatMap((one) =>
    others.flatMap((other) => {
      if (containsPrefix(other, one)) return [one];
      return containsPrefix(one, other) ? [other] : [];
    }),
  );
