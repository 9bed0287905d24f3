import type { Digest } from '@weir/proto/digest.ts';
import { MappedMemory } from './mapped-array.ts';

export type Generation = 0 | 1;

export const other = (generation: Generation): Generation => (generation === 0 ? 1 : 0);

/** Words of weir_ctl and of a generation's header, as bpf/include/image.h has them. */
const word = {
  active: 0,
  nextInstance: 1,
  lostEvents: 2,
  limitedEvents: 3,
  observedDenials: 4,
  denials: 5,
  header: 8,
  headerWords: 8,
  words: 64,
} as const;
const header = { commit: 0, revision: 1, digest: 2, checksum: 4, time: 5 } as const;

export interface Header {
  readonly commit: number;
  readonly revision: number;
  readonly digest: Digest;
  /** Of the generation's words, see generation.ts. */
  readonly checksum: number;
  /** Of the commit, milliseconds since 1970. */
  readonly time: number;
}

/** What the programs have counted since their maps were made. */
export interface Counters {
  /** Packets that were dropped. */
  readonly denials: number;
  /** Packets that would have been denied where nothing is dropped. */
  readonly observedDenials: number;
  /** Events that found the ring buffer full. */
  readonly lostEvents: number;
  /** Denials beyond the rate at which an endpoint's are told. */
  readonly limitedEvents: number;
}

/** The map weir_ctl: which generation is active, and what each holds. */
export class Control {
  readonly #memory: MappedMemory;
  readonly #words: BigUint64Array;

  constructor(fd: number) {
    this.#memory = new MappedMemory(fd, { length: 4096, offset: 0, writable: true });
    this.#words = new BigUint64Array(this.#memory.buffer, 0, word.words);
  }

  /** The generation that the programs read and its commit; undefined before the first commit. */
  active(): { readonly generation: Generation; readonly commit: number } | undefined {
    const active = Atomics.load(this.#words, word.active);
    if (active === 0n) return undefined;
    return { generation: (active & 1n) === 0n ? 0 : 1, commit: Number(active >> 1n) };
  }

  /** Makes a generation the active one: the one store that every program sees. */
  activate(generation: Generation, commit: number): void {
    Atomics.store(this.#words, word.active, (BigInt(commit) << 1n) | BigInt(generation));
  }

  /** A generation's header; undefined while it is being rewritten, or was never written. */
  header(generation: Generation): Header | undefined {
    const start = this.#start(generation);
    const commit = Number(Atomics.load(this.#words, start + header.commit));
    if (commit === 0) return undefined;
    const number = (index: number): number => Number(this.#words[start + index] ?? 0n);
    const lanes = new Uint32Array(this.#memory.buffer, (start + header.digest) * 8, 4);
    return {
      commit,
      revision: number(header.revision),
      digest: [lanes[0] ?? 0, lanes[1] ?? 0, lanes[2] ?? 0, lanes[3] ?? 0],
      checksum: number(header.checksum),
      time: Math.floor(number(header.time) / 1e6),
    };
  }

  /** Says that a generation is not whole; a packet that was stamped with its commit is judged by the active one. */
  invalidate(generation: Generation): void {
    Atomics.store(this.#words, this.#start(generation) + header.commit, 0n);
  }

  /** The commit's number is written last: it says that the rest is there. */
  writeHeader(generation: Generation, content: Header): void {
    const start = this.#start(generation);
    this.#words[start + header.revision] = BigInt(content.revision);
    new Uint32Array(this.#memory.buffer, (start + header.digest) * 8, 4).set(content.digest);
    this.#words[start + header.checksum] = BigInt(content.checksum);
    this.#words[start + header.time] = BigInt(content.time) * 1_000_000n;
    Atomics.store(this.#words, start + header.commit, BigInt(content.commit));
  }

  /** For a generation whose words are arranged anew without another meaning. */
  rewriteChecksum(generation: Generation, checksum: number): void {
    this.#words[this.#start(generation) + header.checksum] = BigInt(checksum);
  }

  /** A number that no interface had before; 32 bits, from 1. */
  nextInstance(): number {
    return Number(Atomics.add(this.#words, word.nextInstance, 1n) & 0xffffffffn) + 1;
  }

  /** Instance numbers go on behind those of another control map, whose layout this program can't use. */
  continueInstances(from: Control): void {
    Atomics.store(this.#words, word.nextInstance, Atomics.load(from.#words, word.nextInstance));
  }

  /** What the programs have counted. */
  counters(): Counters {
    const count = (index: number): number => Number(Atomics.load(this.#words, index));
    return {
      denials: count(word.denials),
      observedDenials: count(word.observedDenials),
      lostEvents: count(word.lostEvents),
      limitedEvents: count(word.limitedEvents),
    };
  }

  close(): void {
    this.#memory.close();
  }

  #start(generation: Generation): number {
    return word.header + generation * word.headerWords;
  }
}
