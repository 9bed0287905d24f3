import { AgentError } from '../errors.ts';
import { check } from './kernel-error.ts';
import { libbpf, libc, offLoop } from './libbpf.ts';

const membarrierSyscall = { x64: 324, arm64: 283 }[process.arch as 'x64' | 'arm64'];
const commandQuery = 0;
const commandGlobal = 1;

const mapTypeArray = 2;
const mapTypeArrayOfMaps = 12;

/**
 * Waits until no program still runs that began before the call: one RCU grace period (8 ms at the median, 16 ms at
 * p99), off the event loop. MEMBARRIER_CMD_GLOBAL is synchronize_rcu(); where the kernel refuses it (nohz_full), an
 * update of an array of maps from user space waits the same way.
 */
export class GracePeriod {
  readonly #dummy: DummyMap | undefined;

  /** `forceMap` takes the second way even where membarrier works. */
  constructor(options: { forceMap?: boolean } = {}) {
    const commands = Number(libc.membarrier(membarrierSyscall, commandQuery, 0, 0));
    const hasGlobal = commands > 0 && (commands & commandGlobal) !== 0;
    this.#dummy = hasGlobal && options.forceMap !== true ? undefined : new DummyMap();
  }

  async wait(): Promise<void> {
    if (this.#dummy !== undefined) return this.#dummy.update();
    const result = Number(await offLoop(libc.membarrier, membarrierSyscall, commandGlobal, 0, 0));
    if (result !== 0) throw new AgentError('kernel', 'membarrier refused what it offered');
  }

  close(): void {
    this.#dummy?.close();
  }
}

class DummyMap {
  readonly #inner: number;
  readonly #outer: number;

  constructor() {
    this.#inner = check('make a map', libbpf.createMap(mapTypeArray, 'weir_grace', 4, 8, 1, null));
    // struct bpf_map_create_opts, of which inner_map_fd is set.
    const options = Buffer.alloc(32);
    options.writeBigUInt64LE(BigInt(options.length), 0);
    options.writeUInt32LE(this.#inner, 24);
    this.#outer = check('make a map', libbpf.createMap(mapTypeArrayOfMaps, 'weir_grace', 4, 4, 1, options));
  }

  async update(): Promise<void> {
    const value = Buffer.alloc(4);
    value.writeUInt32LE(this.#inner);
    check('update a map', await offLoop(libbpf.updateElement, this.#outer, Buffer.alloc(4), value, 0));
  }

  close(): void {
    libc.close(this.#outer);
    libc.close(this.#inner);
  }
}
