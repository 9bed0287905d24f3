import $protobuf from 'protobufjs/minimal.js';
import { type Digest, itemDigest } from './digest.ts';
import { weir } from './gen/bundle.js';
import { keyOfId, StoredItem } from './stored-item.ts';

const v1 = weir.bundle.v1;

/** The item kinds, by their field number in the message Items. */
export const itemKind = {
  endpoint: 1,
  identity: 2,
  prefix: 3,
  selector: 4,
  membership: 5,
  table: 6,
  service: 7,
  mode: 8,
} as const;
export type ItemKind = (typeof itemKind)[keyof typeof itemKind];

/** What an item says, decoded. */
export type ItemMessage =
  | { readonly kind: 1; readonly message: weir.bundle.v1.IEndpoint }
  | { readonly kind: 2; readonly message: weir.bundle.v1.IIdentity }
  | { readonly kind: 3; readonly message: weir.bundle.v1.IPrefix }
  | { readonly kind: 4; readonly message: weir.bundle.v1.ISelector }
  | { readonly kind: 5; readonly message: weir.bundle.v1.IMembership }
  | { readonly kind: 6; readonly message: weir.bundle.v1.ITable }
  | { readonly kind: 7; readonly message: weir.bundle.v1.IService }
  | { readonly kind: 8; readonly message: weir.bundle.v1.IMode };

/** One item in its encoded form, made once and shared by all the bundles that hold it. */
export interface Item {
  readonly kind: ItemKind;
  /** See ItemRef in the protocol. */
  readonly key: Uint8Array;
  /** Kind and key as one text, unique in a bundle. */
  readonly id: string;
  /** The encoded message. */
  readonly body: Uint8Array;
  /** The item as a field of Items: tag, length, body. Concatenated fields are a valid Items message. */
  readonly field: Uint8Array;
  readonly digest: Digest;
}

/** Kind and key as one text. */
export const itemId = (kind: number, key: Uint8Array): string => flatId(kind, key, none);

const none = new Uint8Array();

/** Short keys in one piece and without a buffer between: there are many. */
function flatId(kind: number, key: Uint8Array, more: Uint8Array): string {
  if (key.length + more.length <= 64) return String.fromCharCode(48 + kind, 47, ...key, ...more);
  return `${kind}/${Buffer.concat([key, more]).toString('latin1')}`;
}

export function encodeItem(item: ItemMessage): Item {
  const writer = reusedWriter();
  const field = encodeBody(item, writer.uint32(fieldTag(item.kind)).fork())
    .ldelim()
    .finish(true);
  return new StoredItem(item.kind, idOf(item), field);
}

/** As encodeItem, of a message whose fields behind the key are already encoded: keys come from contents. */
export function encodeKeyed(kind: 2 | 4 | 6, key: Uint8Array, rest: Uint8Array): Item {
  const head = $protobuf.Writer.create().uint32(keyTag).bytes(key).finish(true);
  const length = head.length + rest.length;
  const start = reusedWriter().uint32(fieldTag(kind)).uint32(length).finish(true);
  return new StoredItem(kind, itemId(kind, key), Buffer.concat([start, head, rest]));
}

const fieldTag = (kind: ItemKind): number => (kind << 3) | 2;
/** Of the field `key` of identities, selectors and tables. */
const keyTag = (1 << 3) | 2;

let writer: $protobuf.Writer | undefined;

/** One writer for all items; what it gives must be copied at once. */
function reusedWriter(): $protobuf.Writer {
  writer ??= $protobuf.Writer.create();
  // A message that could not be encoded may have left lengths open.
  while (writer.pos > 0) writer.reset();
  return writer;
}

/** An item in the message that it was read from. */
class ReceivedItem implements Item {
  readonly kind: ItemKind;
  readonly id: string;
  readonly field: Uint8Array;
  readonly #bodyAt: number;
  #digest: Digest | undefined;

  constructor(kind: ItemKind, id: string, field: Uint8Array, bodyAt: number) {
    this.kind = kind;
    this.id = id;
    this.field = field;
    this.#bodyAt = bodyAt;
  }

  get body(): Uint8Array {
    return this.field.subarray(this.#bodyAt);
  }

  get key(): Uint8Array {
    return keyOfId(this.id);
  }

  get digest(): Digest {
    this.#digest ??= itemDigest(this.kind, this.body);
    return this.#digest;
  }
}

/** Splits an encoded Items message. Throws on malformed bytes and on an unknown kind of item. */
export function* readItems(
  items: Uint8Array,
): Generator<{ readonly item: Item; readonly content: ItemMessage }> {
  const reader = $protobuf.Reader.create(items);
  while (reader.pos < reader.len) {
    const start = reader.pos;
    const tag = reader.uint32();
    if ((tag & 7) !== 2) throw new RangeError(`item with wire type ${tag & 7}`);
    const body = reader.bytes();
    const content = decodeBody(tag >>> 3, body);
    const field = items.subarray(start, reader.pos);
    yield { item: new ReceivedItem(content.kind, idOf(content), field, field.length - body.length), content };
  }
}

function encodeBody(item: ItemMessage, writer: $protobuf.Writer): $protobuf.Writer {
  switch (item.kind) {
    case 1:
      return v1.Endpoint.encode(item.message, writer);
    case 2:
      return v1.Identity.encode(item.message, writer);
    case 3:
      return v1.Prefix.encode(item.message, writer);
    case 4:
      return v1.Selector.encode(item.message, writer);
    case 5:
      return v1.Membership.encode(item.message, writer);
    case 6:
      return v1.Table.encode(item.message, writer);
    case 7:
      return v1.Service.encode(item.message, writer);
    case 8:
      return v1.Mode.encode(item.message, writer);
  }
}

function decodeBody(kind: number, body: Uint8Array): ItemMessage {
  switch (kind) {
    case 1:
      return { kind, message: v1.Endpoint.decode(body) };
    case 2:
      return { kind, message: v1.Identity.decode(body) };
    case 3:
      return { kind, message: v1.Prefix.decode(body) };
    case 4:
      return { kind, message: v1.Selector.decode(body) };
    case 5:
      return { kind, message: v1.Membership.decode(body) };
    case 6:
      return { kind, message: v1.Table.decode(body) };
    case 7:
      return { kind, message: v1.Service.decode(body) };
    case 8:
      return { kind, message: v1.Mode.decode(body) };
    default:
      throw new RangeError(`unknown kind of item: ${kind}`);
  }
}

function idOf(item: ItemMessage): string {
  switch (item.kind) {
    case 1:
      return itemId(item.kind, Buffer.from(item.message.uid ?? ''));
    case 7:
      return itemId(item.kind, Buffer.from(item.message.key ?? ''));
    case 2:
    case 4:
    case 6:
      return itemId(item.kind, item.message.key ?? none);
    case 3: {
      const { address, length } = item.message;
      return flatId(item.kind, address ?? none, Uint8Array.of(length ?? 0));
    }
    case 5: {
      const { selector, identity } = item.message;
      return flatId(item.kind, selector ?? none, identity ?? none);
    }
    case 8:
      return itemId(item.kind, none);
  }
}
