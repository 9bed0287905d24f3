import { rmSync } from 'node:fs';
import type { Image } from '@weir/node-agent/src/image/image.ts';
import { widenEndpoints } from '@weir/node-agent/src/kernel/endpoint-table.ts';
import type { DatapathEvent } from '@weir/node-agent/src/kernel/event.ts';
import { MappedMemory } from '@weir/node-agent/src/kernel/mapped-array.ts';
import { grownArrays, halvesFor, smallestHalves } from '@weir/node-agent/src/kernel/size-class.ts';
import { Programs } from '../kernel/programs.ts';
import type { RunOptions, Verdict } from '../kernel/test-run.ts';

/** Elements of weir_limit (bpf/include/maps.h). */
const limitElements = 4096;

/** What became of one packet; at most one event tells of it. */
export interface Run {
  readonly verdict: Verdict;
  readonly event: DatapathEvent | undefined;
}

/** The programs of one node in the kernel, with maps of their own. */
export class NodePrograms {
  readonly #programs: Programs;
  /** When each interface may report its next denial. */
  readonly #limits: MappedMemory;

  /** Large enough for this image. */
  static async load(image: Image): Promise<NodePrograms> {
    const programs = await Programs.load(halvesFor(image, smallestHalves));
    // Open descriptors keep all of it; a killed run leaves nothing behind.
    rmSync(programs.set.path, { recursive: true });
    return new NodePrograms(programs);
  }

  private constructor(programs: Programs) {
    this.#programs = programs;
    const fd = programs.set.map('weir_limit');
    this.#limits = new MappedMemory(fd, { length: limitElements * 8, offset: 0, writable: true });
  }

  holds(image: Image): boolean {
    const { halves } = this.#programs.set;
    return grownArrays(halves, halvesFor(image, halves)).length === 0;
  }

  commit(image: Image): void {
    const { halfBytes } = this.#programs.set.arrays.endpoint;
    this.#programs.commit({ ...image, endpoint: widenEndpoints(image.endpoint, halfBytes) });
  }

  /** Every denial is reported, however many there are. */
  run(direction: 'ingress' | 'egress', frame: Buffer, options: RunOptions): Run {
    new BigUint64Array(this.#limits.buffer).fill(0n);
    const programs = this.#programs;
    const verdict =
      direction === 'egress' ? programs.sent(frame, options) : programs.received(frame, options);
    return { verdict, event: programs.events().at(-1) };
  }

  close(): void {
    this.#limits.close();
    this.#programs.close();
  }
}
