import { at } from './words.ts';

/** Lanes of a 64-bit word of marks; a lane has 17 bits. */
const lanes = 3;
const full = 0x1_0000;

/** 32-bit words that hold this many marks. */
const markWords = (count: number): number => Math.ceil(count / lanes) * 2;

/** Writes marks (0 to 65,535 each) as lanes, see bpf/include/image.h, and leaves none in the rest of `room` lanes. */
export function writeMarks(
  words: Uint32Array<ArrayBuffer>,
  offset: number,
  room: number,
  marks: Int32Array,
): void {
  const lane = (index: number): number =>
    index < marks.length ? full - at(marks as Int32Array<ArrayBuffer>, index) : 0;
  for (let word = 0; word < markWords(room); word += 2) {
    const first = (word / 2) * lanes;
    const second = lane(first + 1);
    words[offset + word] = lane(first) | (second << 17);
    words[offset + word + 1] = (second >>> 15) | (lane(first + 2) << 2);
  }
}

/** Mark `index`, or -1 where there is none. */
export function readMark(words: Uint32Array<ArrayBuffer>, offset: number, index: number): number {
  const word = offset + Math.floor(index / lanes) * 2;
  const low = at(words, word);
  const high = at(words, word + 1);
  const lane = [low, (low >>> 17) | (high << 15), high >>> 2][index % lanes] as number;
  return (lane & 0x1_ffff) === 0 ? -1 : full - (lane & 0x1_ffff);
}
