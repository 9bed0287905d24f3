import type { BundleChange } from '@weir/operator/src/bundle/bundle-change.ts';
import type { NodeBundle } from '@weir/operator/src/bundle/node-bundle.ts';
import { addDigest, subtractDigest } from '@weir/proto/digest.ts';
import type { Item } from '@weir/proto/item.ts';
import { digestOf } from './items.ts';

/** The bundles of some nodes, changed by hand: what the operator's bundle stage is to push. */
export class Bundles {
  readonly #bundles = new Map<string, NodeBundle & { items: Map<string, Item> }>();

  readonly get = (node: string): NodeBundle | undefined => this.#bundles.get(node);

  set(node: string, items: readonly Item[]): void {
    this.#bundles.set(node, {
      node,
      digest: digestOf(items),
      items: new Map(items.map((item) => [item.id, item])),
    });
  }

  /** Changes one node's bundle and tells how. */
  change(node: string, upserts: readonly Item[], removes: readonly Item[] = []): BundleChange {
    const { items, digest: former } = this.#bundles.get(node) ?? { items: new Map(), digest: digestOf([]) };
    let digest = former;
    for (const item of upserts) {
      const old = items.get(item.id);
      if (old) digest = subtractDigest(digest, old.digest);
      digest = addDigest(digest, item.digest);
      items.set(item.id, item);
    }
    for (const item of removes) {
      const old = items.get(item.id);
      if (!old) throw new RangeError('removes what is not there');
      digest = subtractDigest(digest, old.digest);
      items.delete(item.id);
    }
    this.#bundles.set(node, { node, digest, items });
    return { node, upserts, removes, digest };
  }
}
