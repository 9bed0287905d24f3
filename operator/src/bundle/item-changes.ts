import { type Digest, equalDigest } from '@weir/proto/digest.ts';
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
    const result = new ChangeBuilder(node, digest);
    for (const { before, after } of this.#changes.values()) {
      if (before && after && equalDigest(before.digest, after.digest)) continue;
      if (before) result.drop(before, after !== undefined);
      if (after) result.put(after);
    }
    return result.finish();
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

/** A change whose items are all different and known. */
export class ChangeBuilder {
  readonly #node: string;
  readonly #digest: Uint32Array;
  readonly #upserts = new ItemsByKind();
  readonly #removes = new ItemsByKind();

  constructor(node: string, digest: Digest) {
    this.#node = node;
    this.#digest = Uint32Array.from(digest);
  }

  put(item: Item): void {
    this.#upserts.add(item);
    addLanes(this.#digest, item.digest, 1);
  }

  /** `replaced`: another item of that id is put. */
  drop(item: Item, replaced: boolean): void {
    if (!replaced) this.#removes.add(item);
    addLanes(this.#digest, item.digest, -1);
  }

  finish(): BundleChange | undefined {
    const upserts = this.#upserts.inOrder(order);
    const removes = this.#removes.inOrder(order.toReversed());
    if (upserts.length === 0 && removes.length === 0) return undefined;
    const [a = 0, b = 0, c = 0, d = 0] = this.#digest;
    return { node: this.#node, upserts, removes, digest: [a, b, c, d] };
  }
}

/** In place, since there are a million for the first bundles; lanes wrap as those of a digest do. */
function addLanes(lanes: Uint32Array, [a, b, c, d]: Digest, sign: 1 | -1): void {
  lanes[0] = (lanes[0] ?? 0) + sign * a;
  lanes[1] = (lanes[1] ?? 0) + sign * b;
  lanes[2] = (lanes[2] ?? 0) + sign * c;
  lanes[3] = (lanes[3] ?? 0) + sign * d;
}

class ItemsByKind {
  readonly #items = new Map<ItemKind, Item[]>();

  add(item: Item): void {
    const items = this.#items.get(item.kind);
    if (items) items.push(item);
    else this.#items.set(item.kind, [item]);
  }

  inOrder(kinds: readonly ItemKind[]): readonly Item[] {
    return kinds.flatMap((kind) => this.#items.get(kind) ?? []);
  }
}
