import $protobuf from 'protobufjs/minimal.js';
import { type Digest, itemDigest } from './digest.ts';
import { weir } from './gen/bundle.js';

const v1 = weir.bundle.v1;

/** The item kinds, by their field number in the message Items. */
export const itemKind = {
  endpoint: 1,
  identity: 2,
  prefix: 3,
  selector: 4,
  membership: 5,
  table: 6,
} as const;
export type ItemKind = (typeof itemKind)[keyof typeof itemKind];

/** What an item says, decoded. */
export type ItemMessage =
  | { readonly kind: 1; readonly message: weir.bundle.v1.IEndpoint }
  | { readonly kind: 2; readonly message: weir.bundle.v1.IIdentity }
  | { readonly kind: 3; readonly message: weir.bundle.v1.IPrefix }
  | { readonly kind: 4; readonly message: weir.bundle.v1.ISelector }
  | { readonly kind: 5; readonly message: weir.bundle.v1.IMembership }
  | { readonly kind: 6; readonly message: weir.bundle.v1.ITable };

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
export const itemId = (kind: number, key: Uint8Array): string =>
  `${kind}/${Buffer.from(key.buffer, key.byteOffset, key.byteLength).toString('latin1')}`;

export function encodeItem(item: ItemMessage): Item {
  const body = encodeBody(item);
  const field = $protobuf.Writer.create()
    .uint32((item.kind << 3) | 2)
    .bytes(body)
    .finish();
  return makeItem(item, body, field);
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
    yield { item: makeItem(content, body, items.subarray(start, reader.pos)), content };
  }
}

function makeItem(content: ItemMessage, body: Uint8Array, field: Uint8Array): Item {
  const { kind } = content;
  const key = keyOf(content);
  return { kind, key, id: itemId(kind, key), body, field, digest: itemDigest(kind, body) };
}

function encodeBody(item: ItemMessage): Uint8Array {
  switch (item.kind) {
    case 1:
      return v1.Endpoint.encode(item.message).finish();
    case 2:
      return v1.Identity.encode(item.message).finish();
    case 3:
      return v1.Prefix.encode(item.message).finish();
    case 4:
      return v1.Selector.encode(item.message).finish();
    case 5:
      return v1.Membership.encode(item.message).finish();
    case 6:
      return v1.Table.encode(item.message).finish();
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
    default:
      throw new RangeError(`unknown kind of item: ${kind}`);
  }
}

const none = new Uint8Array();

function keyOf(item: ItemMessage): Uint8Array {
  switch (item.kind) {
    case 1:
      return Buffer.from(item.message.uid ?? '');
    case 2:
    case 4:
    case 6:
      return item.message.key ?? none;
    case 3:
      return Buffer.concat([item.message.address ?? none, Uint8Array.of(item.message.length ?? 0)]);
    case 5:
      return Buffer.concat([item.message.selector ?? none, item.message.identity ?? none]);
  }
}
