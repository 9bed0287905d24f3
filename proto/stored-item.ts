import { type Digest, digestFromBytes, itemDigest, writeDigest } from './digest.ts';
import type { Item, ItemKind } from './item.ts';

const digestBytes = 16;
/** A digit and a slash. */
const idPrefixLength = 2;

/** The key in an item's id. */
export const keyOfId = (id: string): Uint8Array => Buffer.from(id.slice(idPrefixLength), 'latin1');

/** What items are put into, the last of its kind. */
let block = Buffer.alloc(0);
let blockUsed = 0;
const blockBytes = 16_384;

/**
 * An item that is kept: its digest and its field lie one behind the other in a block that it shares with items of its
 * time, and all else is derived, since there are hundreds of thousands of items. A block lives as long as any item in it.
 */
export class StoredItem implements Item {
  readonly kind: ItemKind;
  readonly id: string;
  readonly #block: Buffer;
  readonly #at: number;
  readonly #length: number;
  #hasDigest = false;

  /** Copies the field. */
  constructor(kind: ItemKind, id: string, field: Uint8Array) {
    this.kind = kind;
    this.id = id;
    this.#length = field.length;
    const bytes = digestBytes + field.length;
    if (bytes > blockBytes / 4) {
      this.#block = Buffer.allocUnsafeSlow(bytes);
      this.#at = 0;
    } else {
      if (blockUsed + bytes > block.length) {
        block = Buffer.allocUnsafeSlow(blockBytes);
        blockUsed = 0;
      }
      this.#block = block;
      this.#at = blockUsed;
      blockUsed += bytes;
    }
    this.#block.set(field, this.#at + digestBytes);
  }

  get key(): Uint8Array {
    return keyOfId(this.id);
  }

  get body(): Uint8Array {
    const field = this.#at + digestBytes;
    return this.#block.subarray(field + bodyStart(this.#block, field), field + this.#length);
  }

  get field(): Uint8Array {
    const field = this.#at + digestBytes;
    return this.#block.subarray(field, field + this.#length);
  }

  get digest(): Digest {
    if (this.#hasDigest) return digestFromBytes(this.#block, this.#at);
    const digest = itemDigest(this.kind, this.body);
    writeDigest(digest, this.#block, this.#at);
    this.#hasDigest = true;
    return digest;
  }
}

/** Behind one byte of tag and the length, whose bytes but the last have the highest bit. */
function bodyStart(bytes: Uint8Array, field: number): number {
  let at = field + 1;
  while ((bytes[at] ?? 0) & 0x80) at++;
  return at + 1 - field;
}
