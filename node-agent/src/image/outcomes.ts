import type { weir } from '@weir/proto/bundle.js';
import { weir as wire } from '@weir/proto/bundle.js';
import { overLimit } from './invalid.ts';
import { imageLimits, outcomeFlag } from './layout.ts';
import { at, grown } from './words.ts';

const { Verdict } = wire.bundle.v1;

/** The array outcome: each different word once. */
export class Outcomes {
  /** Two 32-bit words an outcome: flags, cookie. */
  #words = new Uint32Array(64);
  #size = 0;
  readonly #numbers = new Map<number, number>();

  get words(): Uint32Array<ArrayBuffer> {
    return this.#words;
  }

  get size(): number {
    return this.#size;
  }

  isAllowed(number: number): boolean {
    return (at(this.#words, number * 2) & outcomeFlag.allow) !== 0;
  }

  /** Number of an outcome. Throws over the limit. */
  number(flags: number, cookie: number): number {
    const key = cookie * 4 + flags;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.#size++;
    if (this.#size > imageLimits.outcomes) throw overLimit('outcomes', this.#size, imageLimits.outcomes);
    this.#words = grown(this.#words, this.#size * 2);
    this.#words[number * 2] = flags;
    this.#words[number * 2 + 1] = cookie;
    this.#numbers.set(key, number);
    return number;
  }
}

/** Flags of a verdict that decides. */
export function verdictFlags(verdict: weir.bundle.v1.Verdict | null | undefined): number {
  switch (verdict) {
    case Verdict.VERDICT_ALLOW:
      return outcomeFlag.allow;
    case Verdict.VERDICT_DEFAULT_DENY:
      return outcomeFlag.default;
    default:
      return 0;
  }
}
