import type { ClusterEvent } from '../model/event.ts';

/** Keeps events until they may be compiled, and lets them through from then on. */
export class HeldEvents {
  readonly #pass: (events: readonly ClusterEvent[]) => void;
  #held: ClusterEvent[] | undefined = [];
  #came = false;

  constructor(pass: (events: readonly ClusterEvent[]) => void) {
    this.#pass = pass;
  }

  take(events: readonly ClusterEvent[]): void {
    this.#came = true;
    if (this.#held === undefined) this.#pass(events);
    else for (const event of events) this.#held.push(event);
  }

  /** An empty first batch counts, since it says that there is nothing. */
  release(): void {
    const held = this.#held;
    this.#held = undefined;
    if (held && this.#came) this.#pass(held);
  }
}
