import type { CheckedItem } from './check-item.ts';
import type { Content } from './desired.ts';

/** What an item of one kind says; undefined for those of others. */
export type MessageOf<Message> = (item: CheckedItem) => Message | undefined;

/** Items of one kind by key, and their messages as a map of their own. */
export class KeptItems<Message> {
  readonly messages = new Map<string, Message>();
  readonly #messageOf: MessageOf<Message>;
  readonly #contents = new Map<string, Content>();

  constructor(messageOf: MessageOf<Message>) {
    this.#messageOf = messageOf;
  }

  get size(): number {
    return this.#contents.size;
  }

  get(key: string): Content | undefined {
    return this.#contents.get(key);
  }

  set(key: string, content: Content): void {
    this.#contents.set(key, content);
    const message = this.#messageOf(content.item);
    if (message !== undefined) this.messages.set(key, message);
  }

  delete(key: string): void {
    this.#contents.delete(key);
    this.messages.delete(key);
  }

  *fields(): Generator<string> {
    for (const { field } of this.#contents.values()) yield latin1(field);
  }
}

/** One character a byte. */
export const latin1 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
