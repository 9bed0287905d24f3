import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { AgentError } from '../errors.ts';
import { type ArrayName, arrayNames } from '../image/image.ts';
import { type MapInfo, mapInfo, programInfo } from './bpf-syscall.ts';
import { Control } from './control.ts';
import { check } from './kernel-error.ts';
import { libbpf, libc } from './libbpf.ts';
import { MappedArray } from './mapped-array.ts';
import { type MapShape, mapOf, type ProgramName, type ProgramObject, programNames } from './object.ts';
import type { Halves } from './size-class.ts';

/** Programs and maps that belong together, as one set directory pins them, opened and mapped. */
export class ProgramSet {
  readonly path: string;
  readonly maps: ReadonlyMap<string, number>;
  readonly programs: Readonly<Record<ProgramName, number>>;
  /** Ids of the two programs. */
  readonly programIds: Readonly<Record<ProgramName, number>>;
  readonly arrays: Readonly<Record<ArrayName, MappedArray>>;
  readonly control: Control;
  readonly halves: Halves;

  /** What close() undoes, the last first. */
  readonly #opened: (() => void)[] = [];

  /** Throws AgentError `kernel` where a pin is missing. */
  constructor(path: string) {
    this.path = path;
    try {
      this.maps = new Map(
        readdirSync(join(path, 'maps')).map((name) => [name, this.#openPin(join(path, 'maps', name))]),
      );
      this.programs = byName(programNames, (name) => this.#openPin(join(path, 'progs', name)));
      this.programIds = byName(programNames, (name) => programInfo(this.programs[name]).id);
      this.arrays = byName(arrayNames, (name) => this.#keep(new MappedArray(this.map(mapOf(name)))));
      this.halves = byName(arrayNames, (name) => this.arrays[name].half);
      this.control = this.#keep(new Control(this.map('weir_ctl')));
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** Descriptor of a map. */
  map(name: string): number {
    const fd = this.maps.get(name);
    if (fd === undefined)
      throw new AgentError('kernel', `${this.path} has no map ${name}`, { path: this.path });
    return fd;
  }

  /** Maps that the object's programs can use as they are; the others would have to be made anew. */
  usableBy(object: ProgramObject): ReadonlyMap<string, number> {
    const usable = new Map<string, number>();
    for (const [name, shape] of object.shapes()) {
      const fd = this.maps.get(name);
      if (fd !== undefined && sameShape(mapInfo(fd), shape)) usable.set(name, fd);
    }
    return usable;
  }

  /** The views of its arrays must not be used after this. Does nothing a second time. */
  close(): void {
    for (const undo of this.#opened.splice(0).reverse()) undo();
  }

  #openPin(path: string): number {
    const fd = check(`open pin ${path}`, libbpf.openPin(path));
    this.#opened.push(() => libc.close(fd));
    return fd;
  }

  #keep<Mapped extends { close(): void }>(mapped: Mapped): Mapped {
    this.#opened.push(() => mapped.close());
    return mapped;
  }
}

function byName<Name extends string, Value>(
  names: readonly Name[],
  value: (name: Name) => Value,
): Readonly<Record<Name, Value>> {
  return Object.fromEntries(names.map((name) => [name, value(name)])) as Record<Name, Value>;
}

const sameShape = (info: MapInfo, shape: MapShape): boolean =>
  info.type === shape.type &&
  info.keySize === shape.keySize &&
  info.valueSize === shape.valueSize &&
  info.flags === shape.flags;

/** The highest number of a commit that a set's control map knows. */
export const lastCommitOf = ({ control }: ProgramSet): number =>
  Math.max(control.active()?.commit ?? 0, control.header(0)?.commit ?? 0, control.header(1)?.commit ?? 0);
