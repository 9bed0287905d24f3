/** Makes one call of many: once nothing has been asked for `quietMs`, and at the latest after ten times that. */
export class Coalesce {
  readonly #quietMs: number;
  readonly #call: () => void;
  #quiet: NodeJS.Timeout | undefined;
  #latest: NodeJS.Timeout | undefined;

  constructor(quietMs: number, call: () => void) {
    this.#quietMs = quietMs;
    this.#call = call;
  }

  ask(): void {
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => this.#fire(), this.#quietMs);
    this.#latest ??= setTimeout(() => this.#fire(), this.#quietMs * 10);
  }

  cancel(): void {
    clearTimeout(this.#quiet);
    clearTimeout(this.#latest);
    this.#latest = undefined;
  }

  #fire(): void {
    this.cancel();
    this.#call();
  }
}
