import { crc32 } from 'node:zlib';
import { AgentError } from '../errors.ts';
import { type ArrayName, arrayNames, type Image } from '../image/image.ts';
import type { Generation } from './control.ts';
import type { MappedArray } from './mapped-array.ts';

export type Arrays = Readonly<Record<ArrayName, MappedArray>>;

const chunkBytes = 1 << 14;
const summedBytes = 1 << 18;
const zeros = Buffer.alloc(chunkBytes);

/** Lets other work run every now and then; see pace.ts. */
export type Pause = () => Promise<void>;

/**
 * Makes a half equal to an image: writes the words that differ and zeroes what lies behind them. The half must not
 * be read by any program. Returns the number of 64-bit words written.
 */
export async function writeGeneration(
  arrays: Arrays,
  generation: Generation,
  image: Image,
  pause: Pause,
): Promise<number> {
  let written = 0;
  for (const name of arrayNames) {
    const half = arrays[name].generation(generation);
    for (const [at, source] of chunks(image[name], half.length)) {
      const target = half.subarray(at, at + source.length);
      if (target.compare(source) !== 0) written += copyWords(target, source);
      await pause();
    }
  }
  return written;
}

/** Where a half differs from an image. */
export interface Difference {
  readonly array: ArrayName;
  /** Offset of the piece that differs. */
  readonly byte: number;
}

/** Compares a half with an image, all of it; undefined where they are equal. */
export async function compareGeneration(
  arrays: Arrays,
  generation: Generation,
  image: Image,
  pause: Pause,
): Promise<Difference | undefined> {
  for (const array of arrayNames) {
    const half = arrays[array].generation(generation);
    if (image[array].length > half.length) return { array, byte: half.length };
    for (const [byte, source] of chunks(image[array], half.length)) {
      if (half.compare(source, 0, source.length, byte, byte + source.length) !== 0) return { array, byte };
      await pause();
    }
  }
  return undefined;
}

/** Reads a half back. Throws AgentError `read-back` where it does not hold the image. */
export async function verifyGeneration(
  arrays: Arrays,
  generation: Generation,
  image: Image,
  pause: Pause,
): Promise<void> {
  const difference = await compareGeneration(arrays, generation, image, pause);
  if (difference === undefined) return;
  const { array, byte } = difference;
  throw new AgentError('read-back', `array ${array} does not hold what was written near byte ${byte}`, {
    array,
    byte,
  });
}

/**
 * CRC-32 of a half: for each array the number of bytes up to its last word that is not zero, then these bytes. So
 * it does not depend on the size class.
 */
export async function checksum(arrays: Arrays, generation: Generation, pause: Pause): Promise<number> {
  let sum = 0;
  const length = Buffer.alloc(4);
  for (const name of arrayNames) {
    const half = arrays[name].generation(generation);
    const used = usedBytes(half);
    length.writeUInt32LE(used);
    sum = crc32(length, sum);
    for (let at = 0; at < used; at += summedBytes) {
      sum = crc32(half.subarray(at, Math.min(at + summedBytes, used)), sum);
      await pause();
    }
  }
  return sum;
}

/** Bytes up to the last word that is not zero. */
function usedBytes(half: Buffer): number {
  let end = half.length;
  while (end >= chunkBytes && half.compare(zeros, 0, chunkBytes, end - chunkBytes, end) === 0)
    end -= chunkBytes;
  const words = new Uint32Array(half.buffer, half.byteOffset, end / 4);
  let last = words.length;
  while (last > 0 && words[last - 1] === 0) last--;
  return Math.ceil(last / 2) * 8;
}

/** Pieces of a half's content: the image's bytes, then zeros to the half's end. */
function* chunks(image: Uint8Array, length: number): Generator<readonly [at: number, source: Uint8Array]> {
  for (let at = 0; at < image.length; at += chunkBytes)
    yield [at, image.subarray(at, Math.min(at + chunkBytes, image.length))];
  for (let at = image.length; at < length; at += chunkBytes)
    yield [at, zeros.subarray(0, Math.min(chunkBytes, length - at))];
}

function copyWords(target: Buffer, source: Uint8Array): number {
  const to = new Uint32Array(target.buffer, target.byteOffset, target.length / 4);
  // The image may lie anywhere in its buffer; words can only be read where they are aligned.
  const from = new Uint32Array(source.byteOffset % 4 === 0 ? source.buffer : source.slice().buffer);
  const start = source.byteOffset % 4 === 0 ? source.byteOffset / 4 : 0;
  let written = 0;
  for (let index = 0; index < to.length; index += 2) {
    const low = from[start + index] ?? 0;
    const high = from[start + index + 1] ?? 0;
    if (to[index] === low && to[index + 1] === high) continue;
    to[index] = low;
    to[index + 1] = high;
    written++;
  }
  return written;
}
