import type { Digest } from '@weir/proto/digest.ts';
import { type Item, readItems } from '@weir/proto/item.ts';
import { type CheckedItem, checkItem } from './check-item.ts';
import type { Content } from './desired.ts';

/** An item decoded from its field as a latin1 text, with bytes of its own: not a part of the message that it came in. */
export class UnpackedItem implements Content {
  readonly field: Uint8Array;
  readonly item: CheckedItem;
  readonly #item: Item;

  constructor(field: string) {
    this.field = Buffer.from(field, 'latin1');
    const [one] = readItems(this.field);
    if (one === undefined) throw new RangeError('a field without an item');
    this.#item = one.item;
    this.item = checkItem(one.content);
  }

  get digest(): Digest {
    return this.#item.digest;
  }
}

/** One character a byte. */
export function latin1(bytes: Uint8Array): string {
  if (bytes instanceof Buffer) return bytes.toString('latin1');
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
