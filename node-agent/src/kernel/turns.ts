import { AgentError } from '../errors.ts';
import { Serial } from '../serial.ts';

/** One task after the other, in the order in which they were asked for, until it is closed. */
export class Turns {
  readonly #serial = new Serial();
  /** Tasks that are running or wait for their turn. */
  #tasks = 0;
  #closed = false;
  #onClosed: (() => void) | undefined;

  /** Throws AgentError `kernel` once closed. */
  async take<Result>(task: () => Promise<Result>): Promise<Result> {
    if (this.#closed) throw new AgentError('kernel', 'the datapath is closed');
    this.#tasks++;
    try {
      return await this.#serial.run(task);
    } finally {
      this.#tasks--;
      if (this.#tasks === 0) this.#finish();
    }
  }

  /** Takes no more tasks, and calls back once those that there are have ended. Does nothing a second time. */
  close(onClosed: () => void): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#onClosed = onClosed;
    if (this.#tasks === 0) this.#finish();
  }

  #finish(): void {
    const onClosed = this.#onClosed;
    this.#onClosed = undefined;
    onClosed?.();
  }
}
