/** Keys with the number of their users, and which have come or gone since the last look. */
export class CountedKeys {
  readonly #used = new Map<string, { readonly key: string; count: number }>();
  /** Whether the key was in use at the last look. */
  readonly #before = new Map<string, boolean>();

  has(key: string): boolean {
    return this.#used.has(key);
  }

  /** The text that was added first; undefined: the key is not in use. */
  find(key: string): string | undefined {
    return this.#used.get(key)?.key;
  }

  add(key: string): void {
    const used = this.#used.get(key);
    if (used) {
      used.count++;
      return;
    }
    this.#note(key, false);
    this.#used.set(key, { key, count: 1 });
  }

  remove(key: string): void {
    const used = this.#used.get(key);
    if (!used) return;
    used.count--;
    if (used.count > 0) return;
    this.#used.delete(key);
    this.#note(key, true);
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
