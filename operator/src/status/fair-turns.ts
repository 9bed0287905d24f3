import { shares, type Urgency, urgencies } from './urgency.ts';

/** Whose turn it is: that of the most urgent, but nobody who waits is denied the share that is his. */
export class FairTurns {
  /** Turns that each is owed: grows by its share while it waits, and is spent by having a turn. */
  readonly #owed = new Map<Urgency, number>();

  /** Undefined: nobody waits. */
  next(waits: (urgency: Urgency) => boolean): Urgency | undefined {
    const waiting = urgencies.filter(waits);
    for (const urgency of urgencies)
      this.#owed.set(urgency, waiting.includes(urgency) ? this.#owedTo(urgency) + shares[urgency] : 0);
    const due = waiting
      .filter((urgency) => this.#owedTo(urgency) >= 1)
      .sort((a, b) => this.#owedTo(b) - this.#owedTo(a));
    const next = due[0] ?? waiting[0];
    if (next !== undefined) this.#owed.set(next, Math.max(0, this.#owedTo(next) - 1));
    return next;
  }

  #owedTo(urgency: Urgency): number {
    return this.#owed.get(urgency) ?? 0;
  }
}
