import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, statfsSync } from 'node:fs';
import { resolve } from 'node:path';
import { arrayNames, type Image } from '@weir/node-agent/src/image/image.ts';
import { mapInfo } from '@weir/node-agent/src/kernel/bpf-syscall.ts';
import { type Generation, other } from '@weir/node-agent/src/kernel/control.ts';
import { type DatapathEvent, decodeEvent, eventBytes } from '@weir/node-agent/src/kernel/event.ts';
import { MappedMemory } from '@weir/node-agent/src/kernel/mapped-array.ts';
import { ProgramObject } from '@weir/node-agent/src/kernel/object.ts';
import { ProgramSet } from '@weir/node-agent/src/kernel/program-set.ts';
import { type Halves, smallestHalves } from '@weir/node-agent/src/kernel/size-class.ts';
import { BpfMap } from './bpf-map.ts';
import { removeLeftPins } from './leftovers.ts';
import { type RunOptions, testRun, type Verdict, verdictOf } from './test-run.ts';

const bpfMount = '/sys/fs/bpf';
const bpfFileSystem = 0xcafe4a11;
const pinPrefix = 'weir-programs-';
const pageBytes = 4096;

export const objectFile = resolve(import.meta.dirname, '../../build/bpf/pod.bpf.o');

/** Of this process so far; each has pins of its own. */
let loads = 0;

/** The programs in the kernel, attached to nothing, with an image under the test's hand. */
export class Programs {
  readonly set: ProgramSet;
  /** Where the programs and maps are pinned, under progs and maps. */
  readonly pins: string;
  readonly #ring: { consumer: MappedMemory; producer: MappedMemory; size: number };
  #generation: Generation = 1;
  #commit = 0;

  /** Loads them; `halves` are sizes other than the smallest. */
  static async load(halves: Partial<Halves> = {}): Promise<Programs> {
    if (statfsSync(bpfMount).type !== bpfFileSystem) execFileSync('mount', ['-t', 'bpf', 'bpf', bpfMount]);
    removeLeftPins(bpfMount, pinPrefix);
    const pins = `${bpfMount}/${pinPrefix}${process.pid}-${loads++}`;
    for (const folder of ['maps', 'progs']) mkdirSync(`${pins}/${folder}`, { recursive: true });
    try {
      await new ProgramObject(objectFile).load(pins, { ...smallestHalves, ...halves }, new Map());
      return new Programs(pins);
    } catch (error) {
      rmSync(pins, { recursive: true });
      throw error;
    }
  }

  private constructor(pins: string) {
    this.pins = pins;
    this.set = new ProgramSet(pins);
    const fd = this.set.map('weir_events');
    const size = mapInfo(fd).maxEntries;
    this.#ring = {
      size,
      consumer: new MappedMemory(fd, { length: pageBytes, offset: 0, writable: true }),
      producer: new MappedMemory(fd, { length: pageBytes + 2 * size, offset: pageBytes, writable: false }),
    };
  }

  get egress(): number {
    return this.set.programs.pod_egress;
  }

  get ingress(): number {
    return this.set.programs.pod_ingress;
  }

  /** Writes an image into the idle half and makes it the active one; its commit's number. */
  commit(image: Image, number = this.#commit + 1): number {
    const generation = other(this.#generation);
    for (const name of arrayNames) {
      const half = this.set.arrays[name].generation(generation);
      half.fill(0);
      half.set(image[name]);
    }
    this.#commit = number;
    this.set.control.writeHeader(generation, {
      commit: this.#commit,
      revision: this.#commit,
      digest: [0, 0, 0, 0],
      checksum: 0,
      time: 0,
    });
    this.set.control.activate(generation, this.#commit);
    this.#generation = generation;
    return this.#commit;
  }

  sent(frame: Buffer, options?: RunOptions): Verdict {
    return verdictOf(testRun(this.egress, frame, options));
  }

  received(frame: Buffer, options?: RunOptions): Verdict {
    return verdictOf(testRun(this.ingress, frame, options));
  }

  /** What packets left behind: weir_ct, weir_ct_syn or weir_frag. */
  hash(name: string): BpfMap {
    const info = mapInfo(this.set.map(name));
    return new BpfMap(this.set.map(name), info.keySize, info.valueSize);
  }

  /** Forgets all packets, and what they were told of. */
  forget(): void {
    for (const name of ['weir_ct', 'weir_ct_syn', 'weir_frag']) this.hash(name).clear();
    for (const name of ['weir_seen', 'weir_limit']) this.zero(name);
    this.events();
  }

  /** Every event since the last call. */
  events(): readonly DatapathEvent[] {
    const consumed = new BigUint64Array(this.#ring.consumer.buffer, 0, 1);
    const produced = new BigUint64Array(this.#ring.producer.buffer, 0, 1);
    const data = Buffer.from(this.#ring.producer.buffer, pageBytes);
    const events: DatapathEvent[] = [];
    let at = Atomics.load(consumed, 0);
    for (const end = Atomics.load(produced, 0); at < end; at += BigInt(8 + eventBytes)) {
      const place = Number(at & BigInt(this.#ring.size - 1)) + 8;
      events.push(decodeEvent(data.subarray(place, place + eventBytes)));
    }
    Atomics.store(consumed, 0, at);
    return events;
  }

  /** Clears an array that user space can map. */
  zero(name: string): void {
    const fd = this.set.map(name);
    const memory = new MappedMemory(fd, { length: mapInfo(fd).maxEntries * 8, offset: 0, writable: true });
    new Uint8Array(memory.buffer).fill(0);
    memory.close();
  }

  close(): void {
    this.#ring.consumer.close();
    this.#ring.producer.close();
    this.set.close();
    rmSync(this.pins, { recursive: true, force: true });
  }
}
