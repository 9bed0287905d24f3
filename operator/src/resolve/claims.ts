/** Holders of something that only one can hold, and who of them holds it. */
export class Claims<Claimant> {
  readonly #before: (a: Claimant, b: Claimant) => boolean;
  readonly #claimants = new Map<string, readonly Claimant[]>();

  /** `before` is a strict total order of the claimants of one thing: the first holds it. */
  constructor(before: (a: Claimant, b: Claimant) => boolean) {
    this.#before = before;
  }

  holder(thing: string): Claimant | undefined {
    let best: Claimant | undefined;
    for (const claimant of this.#claimants.get(thing) ?? []) {
      if (best === undefined || this.#before(claimant, best)) best = claimant;
    }
    return best;
  }

  add(thing: string, claimant: Claimant): void {
    this.#claimants.set(thing, [...(this.#claimants.get(thing) ?? []), claimant]);
  }

  remove(thing: string, claimant: Claimant): void {
    const left = (this.#claimants.get(thing) ?? []).filter((other) => other !== claimant);
    if (left.length > 0) this.#claimants.set(thing, left);
    else this.#claimants.delete(thing);
  }
}
