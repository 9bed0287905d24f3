const none: readonly never[] = [];
const manyFrom = 9;

/**
 * A set that takes little room while it is small, as nearly all of a large cluster's sets are: one element needs
 * nothing besides the set, a few an array of just their length.
 */
export class SmallSet<T extends string | number | object> implements Iterable<T> {
  /** Undefined: there are none, or several. */
  #one: T | undefined;
  #several: readonly T[] | Set<T> | undefined;

  get size(): number {
    const several = this.#several;
    if (several === undefined) return this.#one === undefined ? 0 : 1;
    return several instanceof Set ? several.size : several.length;
  }

  has(element: T): boolean {
    const several = this.#several;
    if (several === undefined) return this.#one === element;
    return several instanceof Set ? several.has(element) : several.includes(element);
  }

  add(element: T): void {
    if (this.has(element)) return;
    const several = this.#several;
    if (several instanceof Set) {
      several.add(element);
    } else if (several === undefined && this.#one === undefined) {
      this.#one = element;
    } else {
      // Exactly as long as needed; a spread leaves room for many more.
      const all = several ? several.concat([element]) : [this.#one ?? element, element];
      this.#several = all.length < manyFrom ? all : new Set(all);
      this.#one = undefined;
    }
  }

  /** Tells whether it was there. */
  delete(element: T): boolean {
    const several = this.#several;
    if (several instanceof Set) return several.delete(element);
    if (!this.has(element)) return false;
    if (several?.length === 2) this.#one = several[0] === element ? several[1] : several[0];
    else this.#one = undefined;
    this.#several = several && several.length > 2 ? several.filter((other) => other !== element) : undefined;
    return true;
  }

  /** May change meanwhile: what is added is not necessarily seen, what is deleted may still be. */
  [Symbol.iterator](): Iterator<T> {
    return (this.#several ?? (this.#one === undefined ? none : [this.#one]))[Symbol.iterator]();
  }
}
