import $protobuf from 'protobufjs/minimal.js';

/** What one message carries of items: encoded Items fields, to be concatenated. */
export interface Load {
  readonly items: readonly Uint8Array[];
  /** Encoded fields of the message itself that follow the items (a delta's removes). */
  readonly rest: readonly Uint8Array[];
}

/** Field numbers in SyncResponse, and of the items in each. */
const fields = {
  snapshot: { message: 1, items: 5 },
  delta: { message: 2, items: 7 },
} as const;

const lengthDelimited = (field: number, length: number): Uint8Array =>
  $protobuf.Writer.create()
    .uint32((field << 3) | 2)
    .uint32(length)
    .finish();

const byteLength = (parts: readonly Uint8Array[]): number => {
  let sum = 0;
  for (const part of parts) sum += part.length;
  return sum;
};

/**
 * A SyncResponse around items that are encoded already, with one copy of them. `header` is the encoded Snapshot or
 * Delta without its items.
 */
export function frameResponse(kind: keyof typeof fields, header: Uint8Array, load: Load): Buffer {
  const itemBytes = byteLength(load.items);
  const itemHead = itemBytes === 0 ? new Uint8Array() : lengthDelimited(fields[kind].items, itemBytes);
  const inner = header.length + itemHead.length + itemBytes + byteLength(load.rest);
  const head = lengthDelimited(fields[kind].message, inner);
  const response = Buffer.allocUnsafe(head.length + inner);
  let at = 0;
  for (const part of [head, header, itemHead, ...load.items, ...load.rest]) {
    response.set(part, at);
    at += part.length;
  }
  return response;
}
