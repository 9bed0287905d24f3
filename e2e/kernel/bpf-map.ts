import { check } from '@weir/node-agent/src/kernel/kernel-error.ts';
import { addressOf, errno, libc } from '@weir/node-agent/src/kernel/libbpf.ts';

const bpfSyscall = { x64: 321, arm64: 280 }[process.arch as 'x64' | 'arm64'];
const command = { lookup: 1, update: 2, delete: 3, nextKey: 4 } as const;
const noEntry = -2;

/** The elements of a hash map, by bpf(2). */
export class BpfMap {
  readonly #fd: number;
  readonly #keyBytes: number;
  readonly #valueBytes: number;

  constructor(fd: number, keyBytes: number, valueBytes: number) {
    this.#fd = fd;
    this.#keyBytes = keyBytes;
    this.#valueBytes = valueBytes;
  }

  entries(): readonly (readonly [key: Buffer, value: Buffer])[] {
    const found: [Buffer, Buffer][] = [];
    let key: Buffer | undefined;
    for (;;) {
      const next = Buffer.alloc(this.#keyBytes);
      const result = this.#call(command.nextKey, key, next);
      if (result === noEntry) return found;
      check('next key', result);
      const value = Buffer.alloc(this.#valueBytes);
      check('look up', this.#call(command.lookup, next, value));
      found.push([next, value]);
      key = next;
    }
  }

  set(key: Buffer, value: Buffer): void {
    check('update', this.#call(command.update, key, value));
  }

  clear(): void {
    for (const [key] of this.entries()) check('delete', this.#call(command.delete, key, undefined));
  }

  #call(number: number, key: Buffer | undefined, value: Buffer | undefined): number {
    const attributes = Buffer.alloc(32);
    attributes.writeUInt32LE(this.#fd, 0);
    attributes.writeBigUInt64LE(key ? addressOf(key) : 0n, 8);
    attributes.writeBigUInt64LE(value ? addressOf(value) : 0n, 16);
    const result = Number(libc.bpf(bpfSyscall, number, attributes, attributes.length));
    return result < 0 ? -errno() : result;
  }
}
