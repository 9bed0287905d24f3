import { check } from '@weir/node-agent/src/kernel/kernel-error.ts';
import { addressOf, libc } from '@weir/node-agent/src/kernel/libbpf.ts';

const bpfSyscall = { x64: 321, arm64: 280 }[process.arch as 'x64' | 'arm64'];
const command = { lookup: 1, update: 2, delete: 3, nextKey: 4 } as const;
const noEntry = -2;

/** The elements of a hash map, by bpf(2). */
export class BpfMap {
  readonly #fd: number;
  /** The kernel is given addresses, which keep nothing alive: these live as long as the object. */
  readonly #attributes = Buffer.alloc(32);
  readonly #key: Buffer;
  readonly #value: Buffer;
  readonly #next: Buffer;

  constructor(fd: number, keyBytes: number, valueBytes: number) {
    this.#fd = fd;
    this.#key = Buffer.alloc(keyBytes);
    this.#next = Buffer.alloc(keyBytes);
    this.#value = Buffer.alloc(valueBytes);
  }

  entries(): readonly (readonly [key: Buffer, value: Buffer])[] {
    const found: [Buffer, Buffer][] = [];
    for (let key: Buffer | undefined; ; key = this.#key) {
      const result = this.#call(command.nextKey, key, this.#next);
      if (result === noEntry) return found;
      check('next key', result);
      this.#key.set(this.#next);
      check('look up', this.#call(command.lookup, this.#key, this.#value));
      found.push([Buffer.from(this.#key), Buffer.from(this.#value)]);
    }
  }

  set(key: Buffer, value: Buffer): void {
    this.#key.set(key);
    this.#value.set(value);
    check('update', this.#call(command.update, this.#key, this.#value));
  }

  clear(): void {
    for (const [key] of this.entries()) {
      this.#key.set(key);
      check('delete', this.#call(command.delete, this.#key, undefined));
    }
  }

  #call(number: number, key: Buffer | undefined, value: Buffer | undefined): number {
    this.#attributes.fill(0);
    this.#attributes.writeUInt32LE(this.#fd, 0);
    this.#attributes.writeBigUInt64LE(key ? addressOf(key) : 0n, 8);
    this.#attributes.writeBigUInt64LE(value ? addressOf(value) : 0n, 16);
    return libc.bpf(bpfSyscall, number, this.#attributes, this.#attributes.length);
  }
}
