import type { Content } from './desired.ts';
import type { MessageOf } from './kept-items.ts';
import { latin1, UnpackedItem } from './unpacked-item.ts';

/**
 * Items of a kind that there are many of, by key. Each is kept as its field's bytes in a text, a tenth of what the
 * decoded message takes, and decoded when it is asked for.
 */
export class PackedItems<Message> {
  readonly #messageOf: MessageOf<Message>;
  readonly #fields = new Map<string, string>();

  constructor(messageOf: MessageOf<Message>) {
    this.#messageOf = messageOf;
  }

  get size(): number {
    return this.#fields.size;
  }

  has(key: string): boolean {
    return this.#fields.has(key);
  }

  get(key: string): Content | undefined {
    const field = this.#fields.get(key);
    return field === undefined ? undefined : new UnpackedItem(field);
  }

  set(key: string, { field }: Content): void {
    this.#fields.set(ofItsOwn(key), latin1(field));
  }

  delete(key: string): void {
    this.#fields.delete(key);
  }

  keys(): Iterable<string> {
    return this.#fields.keys();
  }

  fields(): Iterable<string> {
    return this.#fields.values();
  }

  /** Decoded, each anew. */
  *values(): Generator<Message> {
    for (const field of this.#fields.values()) {
      const message = this.#messageOf(new UnpackedItem(field).item);
      if (message !== undefined) yield message;
    }
  }
}

/** V8 makes no copy of a part of a text so long or longer: it would keep the whole. */
const leastShared = 13;

const ofItsOwn = (text: string): string =>
  text.length < leastShared ? text : Buffer.from(text, 'latin1').toString('latin1');
