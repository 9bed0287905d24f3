/** Keeps what is told before there is anybody to tell it to. */
export class Teller<Value> {
  #last: Value | undefined;
  #tell: ((value: Value) => void) | undefined;

  /** This is so now. */
  is(value: Value): void {
    this.#last = value;
    this.#tell?.(value);
  }

  /** Who is told from now on, first of what is so already; a later call replaces the former listener. */
  listen(tell: (value: Value) => void): void {
    this.#tell = tell;
    if (this.#last !== undefined) tell(this.#last);
  }
}
