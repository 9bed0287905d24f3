import type { LabelPairs } from './project.ts';

/** Labels by key: a Map, or what takes the place of one. */
export interface LabelLookup extends Iterable<readonly [key: string, value: string]> {
  get(key: string): string | undefined;
  keys(): Iterable<string>;
}

/** A few labels in one array, which takes half the room of a Map. */
export class LabelList implements LabelLookup {
  /** Key, value, key, value, … */
  readonly #texts: readonly string[];

  constructor(pairs: LabelPairs) {
    // The copy is just as long as needed.
    this.#texts = pairs.flat().slice();
  }

  get(key: string): string | undefined {
    const texts = this.#texts;
    for (let at = 0; at < texts.length; at += 2) if (texts[at] === key) return texts[at + 1];
    return undefined;
  }

  keys(): Iterable<string> {
    return this.#texts.filter((_, at) => at % 2 === 0);
  }

  [Symbol.iterator](): Iterator<readonly [key: string, value: string]> {
    const pairs: (readonly [string, string])[] = [];
    const texts = this.#texts;
    for (let at = 0; at < texts.length; at += 2) pairs.push([texts[at] ?? '', texts[at + 1] ?? '']);
    return pairs[Symbol.iterator]();
  }
}
