const newline = 0x0a;

/** The JSON values of a stream that has one in each line. Bytes are copied once, when a line is complete. */
export class JsonLines {
  readonly #mostBytes: number;
  #parts: Buffer[] = [];
  #length = 0;

  /** @param mostBytes of one line */
  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  /** The values that this chunk completes. Throws a RangeError for a line that is too long, a SyntaxError for no JSON. */
  push(chunk: Buffer): readonly unknown[] {
    const values: unknown[] = [];
    let from = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, from)) {
      this.#add(chunk.subarray(from, end));
      const line = Buffer.concat(this.#parts, this.#length).toString('utf8').trim();
      this.#parts = [];
      this.#length = 0;
      if (line !== '') values.push(JSON.parse(line));
      from = end + 1;
    }
    this.#add(chunk.subarray(from));
    return values;
  }

  #add(part: Buffer): void {
    if (part.length === 0) return;
    this.#length += part.length;
    if (this.#length > this.#mostBytes) throw new RangeError(`a line has more than ${this.#mostBytes} bytes`);
    this.#parts.push(part);
  }
}
