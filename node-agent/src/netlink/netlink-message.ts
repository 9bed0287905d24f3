/** Route netlink messages (rtnetlink(7)); all numbers in host byte order, which is little-endian here. */

export const rtm = {
  newLink: 16,
  getLink: 18,
  newAddress: 20,
  getAddress: 22,
} as const;

/** Attributes of a link message (linux/if_link.h). */
export const linkAttribute = { name: 3, link: 5, netnsId: 37 } as const;

/** Attributes of an address message (linux/if_addr.h). */
export const addressAttribute = { address: 1, local: 2, targetNetnsId: 10 } as const;

const headerLength = 16;
const flagRequest = 0x1;
const flagDump = 0x300;
const flagDumpInterrupted = 0x10;
const typeError = 2;
const typeDone = 3;

export interface NetlinkMessage {
  readonly type: number;
  /** What follows the netlink header. */
  readonly body: Buffer;
}

export type DumpPart =
  | { readonly kind: 'message'; readonly message: NetlinkMessage }
  | { readonly kind: 'done'; readonly errno: number }
  /** The table changed while it was dumped: the dump may miss or repeat entries. */
  | { readonly kind: 'interrupted' };

/** A request for all entries; `body` starts with the family's fixed part. */
export function encodeDump(type: number, sequence: number, body: Uint8Array): Buffer {
  const message = Buffer.alloc(headerLength + body.length);
  message.writeUInt32LE(message.length, 0);
  message.writeUInt16LE(type, 4);
  message.writeUInt16LE(flagRequest | flagDump, 6);
  message.writeUInt32LE(sequence, 8);
  message.set(body, headerLength);
  return message;
}

/** Splits what one recv(2) gave; throws a RangeError on a message that is cut. */
export function* splitDump(data: Buffer, sequence: number): Generator<DumpPart> {
  for (let offset = 0; offset + headerLength <= data.length; ) {
    const length = data.readUInt32LE(offset);
    if (length < headerLength || offset + length > data.length)
      throw new RangeError('netlink message is cut');
    const type = data.readUInt16LE(offset + 4);
    if (data.readUInt32LE(offset + 8) === sequence) {
      if ((data.readUInt16LE(offset + 6) & flagDumpInterrupted) !== 0) yield { kind: 'interrupted' };
      yield decodePart(type, data.subarray(offset + headerLength, offset + length));
    }
    offset += align(length);
  }
}

/** The attributes by type, the nested and byte-order bits removed. */
export function readAttributes(data: Buffer): Map<number, Buffer> {
  const attributes = new Map<number, Buffer>();
  for (let offset = 0; offset + 4 <= data.length; ) {
    const length = data.readUInt16LE(offset);
    if (length < 4 || offset + length > data.length) throw new RangeError('netlink attribute is cut');
    attributes.set(data.readUInt16LE(offset + 2) & 0x3fff, data.subarray(offset + 4, offset + length));
    offset += align(length);
  }
  return attributes;
}

function decodePart(type: number, body: Buffer): DumpPart {
  if (type !== typeDone && type !== typeError) return { kind: 'message', message: { type, body } };
  const errno = body.length >= 4 ? Math.abs(body.readInt32LE(0)) : 0;
  return { kind: 'done', errno };
}

const align = (length: number): number => (length + 3) & ~3;
