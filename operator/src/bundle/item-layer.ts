import { equalDigest } from '@weir/proto/digest.ts';
import type { Item } from '@weir/proto/item.ts';

/** What a layer says about one id, before and after the changes that are not committed yet. */
export interface LayerChange {
  readonly id: string;
  readonly before: Item | undefined;
  readonly after: Item | undefined;
}

const none: readonly never[] = [];
const manyFrom = 9;

/** Items that come and go together for the nodes that hold the layer; remembers what changed since `commit`. */
export class ItemLayer {
  /** Most layers have a handful, which take least room so. */
  #items: readonly Item[] | Map<string, Item> = none;
  /** Whether there was nothing at the last commit; what changed is not noted by item then. */
  #isNew = true;
  /** Only while something has changed: most layers never do again. */
  #before: Map<string, Item | undefined> | undefined;

  /** Gives false where the layer has that very content already. */
  set(item: Item): boolean {
    const former = this.#get(item.id);
    if (former && equalDigest(former.digest, item.digest)) return false;
    this.#note(item.id, former);
    const items = this.#items;
    if (items instanceof Map) items.set(item.id, item);
    else if (former) this.#items = items.map((other) => (other === former ? item : other));
    // Exactly as long as needed; a spread leaves room for many more.
    else if (items.length + 1 < manyFrom) this.#items = items.length === 0 ? [item] : items.concat([item]);
    else this.#items = new Map([...items, item].map((each) => [each.id, each]));
    return true;
  }

  delete(id: string): boolean {
    const former = this.#get(id);
    if (!former) return false;
    this.#note(id, former);
    const items = this.#items;
    if (items instanceof Map) items.delete(id);
    else this.#items = items.length === 1 ? none : items.filter((other) => other !== former);
    return true;
  }

  clear(): void {
    for (const { id } of [...this.items()]) this.delete(id);
  }

  items(): Iterable<Item> {
    return this.#items instanceof Map ? this.#items.values() : this.#items;
  }

  /** As of the last commit. */
  *former(): Generator<Item> {
    if (this.#isNew) return;
    for (const item of this.items()) if (!this.#before?.has(item.id)) yield item;
    for (const before of this.#before?.values() ?? []) if (before) yield before;
  }

  *changes(): Generator<LayerChange> {
    if (this.#isNew) for (const after of this.items()) yield { id: after.id, before: undefined, after };
    for (const [id, before] of this.#before ?? []) yield { id, before, after: this.#get(id) };
  }

  commit(): void {
    this.#isNew = false;
    this.#before = undefined;
  }

  #get(id: string): Item | undefined {
    const items = this.#items;
    return items instanceof Map ? items.get(id) : items.find((item) => item.id === id);
  }

  #note(id: string, former: Item | undefined): void {
    if (this.#isNew) return;
    this.#before ??= new Map();
    if (!this.#before.has(id)) this.#before.set(id, former);
  }
}
