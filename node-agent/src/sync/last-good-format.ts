import { createHash } from 'node:crypto';
import { type Digest, digestText } from '@weir/proto/digest.ts';
import { readItems } from '@weir/proto/item.ts';
import { checkItem } from './check-item.ts';
import { Desired } from './desired.ts';

/** A bundle as it was enforced at one moment. */
export interface Enforced {
  readonly revision: number;
  readonly digest: Digest;
  /** Fields of Items, as latin1 texts: they are shared with the bundle, and not copied for a file. */
  readonly fields: readonly string[];
}

/** What the file held. */
export interface LastGood {
  readonly bundle: Desired;
  /** Of the boot in which it was written: under another one the addresses in it are void. */
  readonly bootId: string;
}

const magic = Buffer.from('WEIRLG1\n');
const sumBytes = 32;
const partBytes = 1_000_000;

/**
 * The file in parts: magic, length of the head (4 bytes, little-endian), head (JSON), the fields, and SHA-256 over
 * all that. Each part is made when it is asked for, so that a large bundle does not stop the agent.
 */
export function* encodeLastGood(
  { revision, digest, fields }: Enforced,
  bootId: string,
): Generator<Uint8Array> {
  const sum = createHash('sha256');
  for (const part of parts(encodeHead(revision, digest, bootId), fields)) {
    sum.update(part);
    yield part;
  }
  yield sum.digest();
}

function encodeHead(revision: number, digest: Digest, bootId: string): Buffer {
  const head = Buffer.from(JSON.stringify({ revision, digest: digestText(digest), bootId }));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(head.length);
  return Buffer.concat([magic, length, head]);
}

function* parts(head: Uint8Array, fields: readonly string[]): Generator<Uint8Array> {
  yield head;
  let part: string[] = [];
  let bytes = 0;
  for (const field of fields) {
    if (bytes >= partBytes) {
      yield Buffer.from(part.join(''), 'latin1');
      part = [];
      bytes = 0;
    }
    part.push(field);
    bytes += field.length;
  }
  yield Buffer.from(part.join(''), 'latin1');
}

/** Throws where anything in the file is not as it was written, or the bundle in it is not whole. */
export function decodeLastGood(file: Buffer): LastGood {
  const content = file.subarray(0, Math.max(0, file.length - sumBytes));
  const sum = createHash('sha256').update(content).digest();
  if (!sum.equals(file.subarray(content.length))) throw new RangeError('its checksum is wrong');
  if (!content.subarray(0, magic.length).equals(magic)) throw new RangeError('it is of another format');
  const start = magic.length + 4;
  const end = start + content.readUInt32LE(magic.length);
  const head = readHead(content.subarray(start, end).toString());
  const bundle = new Desired();
  for (const { item, content: message } of readItems(content.subarray(end))) {
    bundle.add(item, checkItem(message));
  }
  bundle.checkReferences();
  bundle.revision = head.revision;
  if (digestText(bundle.digest) !== head.digest) throw new RangeError('its items have another digest');
  return { bundle, bootId: head.bootId };
}

function readHead(text: string): { revision: number; digest: string; bootId: string } {
  const head: unknown = JSON.parse(text);
  if (typeof head !== 'object' || head === null) throw new RangeError('its head is no object');
  const { revision, digest, bootId } = head as Record<string, unknown>;
  if (!Number.isSafeInteger(revision) || typeof digest !== 'string' || typeof bootId !== 'string') {
    throw new RangeError('its head lacks something');
  }
  return { revision: Number(revision), digest, bootId };
}
