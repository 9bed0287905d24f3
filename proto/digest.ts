import { hash } from 'node:crypto';

/**
 * Digest of a set of items: the sum of its items' digests, as four unsigned 32-bit lanes that are added
 * each by itself. So it does not depend on the order of the items and is kept up to date by adding and
 * subtracting what changes.
 */
export type Digest = readonly [number, number, number, number];

/** Of the empty set. */
export const emptyDigest: Digest = [0, 0, 0, 0];

/** Digests are taken by the hundred thousand: buffers of their own cost more than the hashing. */
const scratch = Buffer.alloc(4096);

/** Of one item: the first 16 bytes of SHA-256 over one byte of kind and the encoded message. */
export function itemDigest(kind: number, body: Uint8Array): Digest {
  const input =
    body.length < scratch.length ? scratch.subarray(0, body.length + 1) : Buffer.alloc(body.length + 1);
  input[0] = kind;
  input.set(body, 1);
  const text = hash('sha256', input, 'binary');
  return [laneOf(text, 0), laneOf(text, 4), laneOf(text, 8), laneOf(text, 12)];
}

const laneOf = (text: string, at: number): number =>
  ((text.charCodeAt(at) << 24) |
    (text.charCodeAt(at + 1) << 16) |
    (text.charCodeAt(at + 2) << 8) |
    text.charCodeAt(at + 3)) >>>
  0;

export function addDigest(a: Digest, b: Digest): Digest {
  return [(a[0] + b[0]) >>> 0, (a[1] + b[1]) >>> 0, (a[2] + b[2]) >>> 0, (a[3] + b[3]) >>> 0];
}

export function subtractDigest(a: Digest, b: Digest): Digest {
  return [(a[0] - b[0]) >>> 0, (a[1] - b[1]) >>> 0, (a[2] - b[2]) >>> 0, (a[3] - b[3]) >>> 0];
}

export const equalDigest = (a: Digest, b: Digest): boolean =>
  a[0] === b[0] && a[1] === b[1] && a[2] === b[2] && a[3] === b[3];

/** 16 bytes, each lane big-endian. */
export function digestToBytes(digest: Digest): Uint8Array {
  const bytes = Buffer.alloc(16);
  writeDigest(digest, bytes, 0);
  return bytes;
}

/** As digestToBytes, into bytes that there are. */
export function writeDigest(digest: Digest, bytes: Buffer, at: number): void {
  for (let lane = 0; lane < 4; lane++) bytes.writeUInt32BE(digest[lane] ?? 0, at + lane * 4);
}

/** Reads 16 bytes; throws a RangeError on fewer. */
export function digestFromBytes(bytes: Uint8Array, at = 0): Digest {
  const view = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return [
    view.readUInt32BE(at),
    view.readUInt32BE(at + 4),
    view.readUInt32BE(at + 8),
    view.readUInt32BE(at + 12),
  ];
}

/** 32 hexadecimal digits, for logs and people. */
export const digestText = (digest: Digest): string => Buffer.from(digestToBytes(digest)).toString('hex');
