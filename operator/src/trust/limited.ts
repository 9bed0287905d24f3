import { OperatorError } from '../errors.ts';

/** Lets so many run at a time; so many others wait for their turn, and who comes then is refused. */
export class Limited {
  #free: number;
  readonly #mostWaiting: number;
  readonly #waiting: (() => void)[] = [];

  constructor(most: number, waiting: number) {
    this.#free = most;
    this.#mostWaiting = waiting;
  }

  /** Throws an OperatorError `api-unreachable` where too many wait. */
  async run<Result>(job: () => Promise<Result>): Promise<Result> {
    if (this.#free > 0) this.#free -= 1;
    else if (this.#waiting.length >= this.#mostWaiting)
      throw new OperatorError('api-unreachable', `${this.#mostWaiting} others wait for the API server`);
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await job();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free += 1;
    }
  }
}
