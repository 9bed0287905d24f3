import { type Item, itemKind } from '@weir/proto/item.ts';

/** What turns one bundle into a later one. Upserts come before removes, so an item may be among both. */
export interface NetChange {
  readonly upserts: readonly Item[];
  readonly removes: readonly Item[];
}

/**
 * Several successive changes as one: of each item only the last word counts, and one that came and went is left
 * out. Whether an endpoint or a prefix came or was replaced can't be told from a change, so one that was upserted
 * and then removed stays in both lists: right in either case.
 */
export function mergeChanges(changes: readonly NetChange[]): NetChange {
  const [only] = changes;
  if (changes.length === 1 && only) return only;
  const merge = new Merge();
  for (const { upserts, removes } of changes) {
    for (const item of upserts) merge.upsert(item);
    for (const item of removes) merge.remove(item);
  }
  return { upserts: [...merge.upserts.values()], removes: [...merge.removes.values()] };
}

class Merge {
  readonly upserts = new Map<string, Item>();
  readonly removes = new Map<string, Item>();
  /** Were not in the bundle before all changes. */
  readonly #came = new Set<string>();
  /** Were in it. */
  readonly #stood = new Set<string>();

  upsert(item: Item): void {
    const { id } = item;
    if (!this.upserts.has(id) && !this.#stood.has(id) && namedByContent(item)) this.#came.add(id);
    this.upserts.set(id, item);
    this.removes.delete(id);
  }

  remove(item: Item): void {
    const { id } = item;
    if (!this.upserts.has(id)) this.#stood.add(id);
    if (this.#came.has(id) || this.#stood.has(id)) this.upserts.delete(id);
    if (!this.#came.delete(id)) this.removes.set(id, item);
  }
}

/** Such an item is never replaced: other content has another key. */
function namedByContent({ kind }: Item): boolean {
  return kind !== itemKind.endpoint && kind !== itemKind.prefix;
}
