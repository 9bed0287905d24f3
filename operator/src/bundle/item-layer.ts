import { equalDigest } from '@weir/proto/digest.ts';
import type { Item } from '@weir/proto/item.ts';

/** What a layer says about one id, before and after the changes that are not committed yet. */
export interface LayerChange {
  readonly id: string;
  readonly before: Item | undefined;
  readonly after: Item | undefined;
}

/** Items that come and go together for the nodes that hold the layer; remembers what changed since `commit`. */
export class ItemLayer {
  readonly #items = new Map<string, Item>();
  /** Only while something has changed: most layers never do again. */
  #before: Map<string, Item | undefined> | undefined;

  /** Gives false where the layer has that very content already. */
  set(item: Item): boolean {
    const former = this.#items.get(item.id);
    if (former && equalDigest(former.digest, item.digest)) return false;
    this.#note(item.id, former);
    this.#items.set(item.id, item);
    return true;
  }

  delete(id: string): boolean {
    const former = this.#items.get(id);
    if (!former) return false;
    this.#note(id, former);
    this.#items.delete(id);
    return true;
  }

  clear(): void {
    for (const id of this.#items.keys()) this.delete(id);
  }

  items(): IterableIterator<Item> {
    return this.#items.values();
  }

  /** As of the last commit. */
  *former(): Generator<Item> {
    for (const item of this.#items.values()) if (!this.#before?.has(item.id)) yield item;
    for (const before of this.#before?.values() ?? []) if (before) yield before;
  }

  *changes(): Generator<LayerChange> {
    for (const [id, before] of this.#before ?? []) yield { id, before, after: this.#items.get(id) };
  }

  commit(): void {
    this.#before = undefined;
  }

  #note(id: string, former: Item | undefined): void {
    this.#before ??= new Map();
    if (!this.#before.has(id)) this.#before.set(id, former);
  }
}
