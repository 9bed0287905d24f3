/**
 * Values by a text that says all about them, so that what many objects of a cluster have in common is kept once. Only
 * recent values are known: what is never met again is forgotten, and is not shared when it comes back.
 */
export class SharedValues<T> {
  readonly #most: number;
  #recent = new Map<string, T>();
  #former = new Map<string, T>();

  /** @param most values that are known for sure; at most twice as many are */
  constructor(most: number) {
    this.#most = most;
  }

  /** The value that was given first for this text. It must never be changed. */
  share(text: string, value: T): T {
    const known = this.#recent.get(text) ?? this.#former.get(text) ?? value;
    if (this.#recent.has(text)) return known;
    if (this.#recent.size === this.#most) {
      this.#former = this.#recent;
      this.#recent = new Map();
    }
    this.#recent.set(text, known);
    return known;
  }
}

const texts = new SharedValues<string>(8192);

/** A text that is likely to come in many objects: of what other object it names, where in an object it was read. */
export const sharedText = (text: string): string => texts.share(text, text);
