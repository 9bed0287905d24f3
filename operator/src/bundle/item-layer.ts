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
  #few: readonly Item[] = none;
  #many: Map<string, Item> | undefined;
  /** Only while something has changed: most layers never do again. */
  #before: Map<string, Item | undefined> | undefined;

  /** Gives false where the layer has that very content already. */
  set(item: Item): boolean {
    const former = this.#get(item.id);
    if (former && equalDigest(former.digest, item.digest)) return false;
    this.#note(item.id, former);
    if (this.#many) this.#many.set(item.id, item);
    else if (former) this.#few = this.#few.map((other) => (other === former ? item : other));
    else if (this.#few.length + 1 < manyFrom) this.#few = this.#few.concat([item]);
    else this.#spread(item);
    return true;
  }

  delete(id: string): boolean {
    const former = this.#get(id);
    if (!former) return false;
    this.#note(id, former);
    if (this.#many) this.#many.delete(id);
    else this.#few = this.#few.filter((other) => other !== former);
    return true;
  }

  clear(): void {
    for (const { id } of [...this.items()]) this.delete(id);
  }

  items(): Iterable<Item> {
    return this.#many?.values() ?? this.#few;
  }

  /** As of the last commit. */
  *former(): Generator<Item> {
    for (const item of this.items()) if (!this.#before?.has(item.id)) yield item;
    for (const before of this.#before?.values() ?? []) if (before) yield before;
  }

  *changes(): Generator<LayerChange> {
    for (const [id, before] of this.#before ?? []) yield { id, before, after: this.#get(id) };
  }

  commit(): void {
    this.#before = undefined;
  }

  #get(id: string): Item | undefined {
    return this.#many ? this.#many.get(id) : this.#few.find((item) => item.id === id);
  }

  #spread(item: Item): void {
    this.#many = new Map(this.#few.map((other) => [other.id, other]));
    this.#many.set(item.id, item);
    this.#few = none;
  }

  #note(id: string, former: Item | undefined): void {
    this.#before ??= new Map();
    if (!this.#before.has(id)) this.#before.set(id, former);
  }
}
