import { type Digest, equalDigest } from '@weir/proto/digest.ts';
import type { Item } from '@weir/proto/item.ts';
import type { BundleChange } from './bundle-change.ts';
import { DigestSum } from './digest-sum.ts';
import { itemsInOrder } from './items-in-order.ts';

interface Change {
  before: Item | undefined;
  after: Item | undefined;
}

/** Collects what layers say about ids, and gives the net difference. An id is in one layer at a time. */
export class ItemChanges {
  readonly #changes = new Map<string, Change>();

  was(item: Item): void {
    this.#at(item.id).before = item;
  }

  is(item: Item): void {
    this.#at(item.id).after = item;
  }

  /** Undefined where nothing is different in the end. `digest`: of the bundle before. */
  finish(node: string, digest: Digest): BundleChange | undefined {
    const upserts: Item[] = [];
    const removes: Item[] = [];
    const sum = new DigestSum(digest);
    for (const { before, after } of this.#changes.values()) {
      if (before && after && equalDigest(before.digest, after.digest)) continue;
      if (before) sum.subtract(before.digest);
      if (after) sum.add(after.digest);
      if (after) upserts.push(after);
      else if (before) removes.push(before);
    }
    if (upserts.length === 0 && removes.length === 0) return undefined;
    return {
      node,
      upserts: itemsInOrder(upserts, 'forwards'),
      removes: itemsInOrder(removes, 'backwards'),
      digest: sum.digest,
    };
  }

  #at(id: string): Change {
    let change = this.#changes.get(id);
    if (!change) {
      change = { before: undefined, after: undefined };
      this.#changes.set(id, change);
    }
    return change;
  }
}
