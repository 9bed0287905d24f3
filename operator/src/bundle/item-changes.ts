import { addDigest, type Digest, equalDigest, subtractDigest } from '@weir/proto/digest.ts';
import { type Item, type ItemKind, itemKind } from '@weir/proto/item.ts';
import type { BundleChange } from './bundle-change.ts';

interface Change {
  before: Item | undefined;
  after: Item | undefined;
}

/** What others refer to comes first. */
const order: readonly ItemKind[] = [
  itemKind.identity,
  itemKind.prefix,
  itemKind.selector,
  itemKind.membership,
  itemKind.table,
  itemKind.endpoint,
];

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
    let sum = digest;
    for (const { before, after } of this.#changes.values()) {
      if (before && after && equalDigest(before.digest, after.digest)) continue;
      if (before) sum = subtractDigest(sum, before.digest);
      if (after) sum = addDigest(sum, after.digest);
      if (after) upserts.push(after);
      else if (before) removes.push(before);
    }
    if (upserts.length === 0 && removes.length === 0) return undefined;
    return {
      node,
      upserts: inOrder(upserts, order),
      removes: inOrder(removes, order.toReversed()),
      digest: sum,
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

const inOrder = (items: readonly Item[], kinds: readonly ItemKind[]): readonly Item[] =>
  items.length < 2 ? items : kinds.flatMap((kind) => items.filter((item) => item.kind === kind));
