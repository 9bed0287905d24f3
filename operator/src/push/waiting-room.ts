/** How often it is looked whether somebody leads, and for how many at once it then goes on, so that they don't stampede. */
const lookMs = 200;
const atOnce = 200;
/** As many as a cluster has nodes. */
const most = 10_000;

/**
 * Agents that wait on their stream until somebody leads: asking again and again would cost this operator a handshake
 * each time, just when it is about to lead.
 */
export class WaitingRoom {
  readonly #isOver: () => boolean;
  readonly #waiting = new Set<() => void>();
  #timer: NodeJS.Timeout | undefined;

  /** @param isOver whether nobody has to wait now */
  constructor(isOver: () => boolean) {
    this.#isOver = isOver;
  }

  get size(): number {
    return this.#waiting.size;
  }

  get isFull(): boolean {
    return this.#waiting.size >= most;
  }

  /** @param go called once, when the wait is over, unless it has left before @returns leaves */
  enter(go: () => void): () => void {
    this.#waiting.add(go);
    this.#timer ??= setInterval(() => this.look(), lookMs);
    return () => this.#leave(go);
  }

  /** Lets some go on where the wait is over. */
  look(): void {
    if (!this.#isOver()) return;
    for (const go of [...this.#waiting].slice(0, atOnce)) {
      this.#leave(go);
      go();
    }
  }

  #leave(go: () => void): void {
    this.#waiting.delete(go);
    if (this.#waiting.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
