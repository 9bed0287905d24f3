/** Holders of something that only one can hold, and who of those that claim it holds it. */
export class Claims<Claimant> {
  readonly #before: (a: Claimant, b: Claimant) => boolean;
  readonly #holders = new Map<string, Claimant>();
  /** The other claimants, where there are some. */
  readonly #rivals = new Map<string, readonly Claimant[]>();

  /** `before` is a strict total order of the claimants of one thing: the first holds it. */
  constructor(before: (a: Claimant, b: Claimant) => boolean) {
    this.#before = before;
  }

  holder(thing: string): Claimant | undefined {
    return this.#holders.get(thing);
  }

  add(thing: string, claimant: Claimant): void {
    const holder = this.#holders.get(thing);
    if (holder === undefined) {
      this.#holders.set(thing, claimant);
      return;
    }
    const wins = this.#before(claimant, holder);
    this.#rivals.set(thing, [...(this.#rivals.get(thing) ?? []), wins ? holder : claimant]);
    if (wins) this.#holders.set(thing, claimant);
  }

  remove(thing: string, claimant: Claimant): void {
    const rivals = this.#rivals.get(thing) ?? [];
    if (this.#holders.get(thing) !== claimant) {
      this.#setRivals(thing, without(rivals, claimant));
      return;
    }
    const [first, ...others] = rivals;
    if (first === undefined) {
      this.#holders.delete(thing);
      return;
    }
    const next = others.reduce((best, other) => (this.#before(other, best) ? other : best), first);
    this.#holders.set(thing, next);
    this.#setRivals(thing, without(rivals, next));
  }

  #setRivals(thing: string, rivals: readonly Claimant[]): void {
    if (rivals.length > 0) this.#rivals.set(thing, rivals);
    else this.#rivals.delete(thing);
  }
}

const without = <T>(elements: readonly T[], element: T): readonly T[] =>
  elements.filter((other) => other !== element);
