/** Keys with the number of their users, and which have come or gone since the last look. */
export class CountedKeys {
  readonly #counts = new Map<string, number>();
  /** Whether the key was in use at the last look. */
  readonly #before = new Map<string, boolean>();

  has(key: string): boolean {
    return this.#counts.has(key);
  }

  add(key: string): void {
    const count = this.#counts.get(key) ?? 0;
    if (count === 0) this.#note(key, false);
    this.#counts.set(key, count + 1);
  }

  remove(key: string): void {
    const count = this.#counts.get(key) ?? 0;
    if (count > 1) {
      this.#counts.set(key, count - 1);
    } else if (this.#counts.delete(key)) {
      this.#note(key, true);
    }
  }

  takeChanged(): readonly string[] {
    const changed = [...this.#before].filter(([key, before]) => before !== this.has(key)).map(([key]) => key);
    this.#before.clear();
    return changed;
  }

  #note(key: string, before: boolean): void {
    if (!this.#before.has(key)) this.#before.set(key, before);
  }
}
