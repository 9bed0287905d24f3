/** Number of an interned set; 0 is the empty set. */
export type SetId = number;

/** Sets of small integers, each kept once: equal sets have equal numbers. */
export class IdSets {
  readonly #lists: (readonly number[])[] = [[]];
  readonly #byText = new Map<string, SetId>([['', 0]]);
  #added = new Map<number, Map<SetId, SetId>>();
  #removed = new Map<number, Map<SetId, SetId>>();
  #unions = new Map<SetId, Map<SetId, SetId>>();

  /** How many different sets are kept; sets are never dropped. */
  get size(): number {
    return this.#lists.length;
  }

  /** Ascending. */
  list(set: SetId): readonly number[] {
    return this.#lists[set] ?? [];
  }

  /** Forgets what the operations have computed; the sets stay. */
  forget(): void {
    this.#added = new Map();
    this.#removed = new Map();
    this.#unions = new Map();
  }

  add(set: SetId, id: number): SetId {
    return memo(this.#added, id, set, () => {
      const list = this.list(set);
      return list.includes(id) ? set : this.#intern([...list, id].sort((a, b) => a - b));
    });
  }

  remove(set: SetId, id: number): SetId {
    return memo(this.#removed, id, set, () => {
      const list = this.list(set);
      return list.includes(id) ? this.#intern(list.filter((other) => other !== id)) : set;
    });
  }

  union(a: SetId, b: SetId): SetId {
    if (a === 0 || a === b) return b;
    if (b === 0) return a;
    return memo(this.#unions, a, b, () => this.of([...this.list(a), ...this.list(b)]));
  }

  /** The set of these ids, in any order and with repetitions. */
  of(ids: Iterable<number>): SetId {
    return this.#intern([...new Set(ids)].sort((a, b) => a - b));
  }

  #intern(list: readonly number[]): SetId {
    const text = list.join();
    const known = this.#byText.get(text);
    if (known !== undefined) return known;
    this.#byText.set(text, this.#lists.length);
    return this.#lists.push(list) - 1;
  }
}

function memo(
  cache: Map<number, Map<number, number>>,
  first: number,
  second: number,
  compute: () => number,
): number {
  let inner = cache.get(first);
  if (!inner) {
    inner = new Map();
    cache.set(first, inner);
  }
  const known = inner.get(second);
  if (known !== undefined) return known;
  const result = compute();
  inner.set(second, result);
  return result;
}
