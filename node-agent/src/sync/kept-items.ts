import type { CheckedItem } from './check-item.ts';
import type { Content } from './desired.ts';
import { latin1, UnpackedItem } from './unpacked-item.ts';

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

  has(key: string): boolean {
    return this.#contents.has(key);
  }

  get(key: string): Content | undefined {
    return this.#contents.get(key);
  }

  set(key: string, { field }: Content): void {
    // What was decoded from a chunk keeps the whole of it.
    const content = new UnpackedItem(latin1(field));
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
