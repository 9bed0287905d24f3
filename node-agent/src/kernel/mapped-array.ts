import { AgentError } from '../errors.ts';
import { mapInfo } from './bpf-syscall.ts';
import { errnoText } from './kernel-error.ts';
import { libc, type Pointer, viewMemory } from './libbpf.ts';
import { errno } from './with-errno.ts';

const protectRead = 1;
const protectWrite = 2;
const mapShared = 1;
const pageBytes = 4096;

/** A range of shared memory of a BPF object. Its views must not be used after close(). */
export class MappedMemory {
  readonly buffer: ArrayBuffer;
  readonly #pointer: Pointer;
  #open = true;

  constructor(fd: number, options: { length: number; offset: number; writable: boolean }) {
    const protection = options.writable ? protectRead | protectWrite : protectRead;
    const pointer = libc.mmap(null, options.length, protection, mapShared, fd, options.offset);
    if (BigInt.asIntN(64, pointer) === -1n)
      throw new AgentError('kernel', `mmap of a map: ${errnoText(errno())}`, { length: options.length });
    this.#pointer = pointer;
    this.buffer = viewMemory(pointer, options.length);
  }

  close(): void {
    if (this.#open) libc.munmap(this.#pointer, this.buffer.byteLength);
    this.#open = false;
  }
}

/** A BPF_F_MMAPABLE array with one half for each generation, as memory. */
export class MappedArray {
  readonly elementBytes: number;
  /** Elements of one half. */
  readonly half: number;
  readonly #memory: MappedMemory;

  constructor(fd: number) {
    const info = mapInfo(fd);
    this.elementBytes = Math.ceil(info.valueSize / 8) * 8;
    this.half = info.maxEntries / 2;
    const length = Math.ceil((info.maxEntries * this.elementBytes) / pageBytes) * pageBytes;
    this.#memory = new MappedMemory(fd, { length, offset: 0, writable: true });
  }

  get halfBytes(): number {
    return this.half * this.elementBytes;
  }

  /** The bytes of a generation's half; writes are seen by the programs at once. */
  generation(generation: 0 | 1): Buffer {
    return Buffer.from(this.#memory.buffer, generation * this.halfBytes, this.halfBytes);
  }

  close(): void {
    this.#memory.close();
  }
}
