const none: readonly never[] = [];
const manyFrom = 9;

/** A set that takes little room while it is small, as nearly all of a large cluster's sets are. */
export class SmallSet<T> implements Iterable<T> {
  #few: readonly T[] = none;
  #many: Set<T> | undefined;

  get size(): number {
    return this.#many?.size ?? this.#few.length;
  }

  has(element: T): boolean {
    return this.#many ? this.#many.has(element) : this.#few.includes(element);
  }

  add(element: T): void {
    if (this.has(element)) return;
    if (this.#many) {
      this.#many.add(element);
    } else if (this.#few.length + 1 < manyFrom) {
      // Exactly as long as needed; a spread leaves room for many more.
      this.#few = this.#few.length === 0 ? [element] : this.#few.concat([element]);
    } else {
      this.#many = new Set(this.#few).add(element);
      this.#few = none;
    }
  }

  /** Tells whether it was there. */
  delete(element: T): boolean {
    if (this.#many) return this.#many.delete(element);
    if (!this.#few.includes(element)) return false;
    this.#few = this.#few.filter((other) => other !== element);
    return true;
  }

  /** May change meanwhile: what is added is not necessarily seen, what is deleted may still be. */
  [Symbol.iterator](): Iterator<T> {
    return (this.#many ?? this.#few)[Symbol.iterator]();
  }
}
