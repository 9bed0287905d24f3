import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { AgentError } from '../errors.ts';
import { type ArrayName, arrayNames } from '../image/image.ts';
import { elfVariables } from './elf-variables.ts';
import { errnoText } from './kernel-error.ts';
import { addressOf, libbpf, offLoop, type Pointer, viewMemory } from './libbpf.ts';
import { captureLibbpfLog, lastLibbpfLines } from './libbpf-log.ts';
import { elementBytes, type Halves } from './size-class.ts';
import { errno } from './with-errno.ts';

/** Programs that the object must have; each is pinned under its name. */
export const programNames = ['pod_egress', 'pod_ingress'] as const;
export type ProgramName = (typeof programNames)[number];

/** Kind and sizes of a map, as far as a program depends on them. */
export interface MapShape {
  readonly type: number;
  readonly keySize: number;
  readonly valueSize: number;
  readonly flags: number;
}

/** Name of the map of an array. */
export const mapOf = (array: ArrayName): string => `weir_${array}`;

/** struct bpf_object_open_opts with object_name, from which the names of the sections' maps are made. */
const objectName = Buffer.from('weir\0');
const openOptions = Buffer.alloc(16);
openOptions.writeBigUInt64LE(BigInt(openOptions.length), 0);
openOptions.writeBigUInt64LE(addressOf(objectName), 8);

const shownLogLines = 12;
const errorPermission = 1;
const errorAccess = 13;
const errorInvalid = 22;
const errorTooBig = 7;

/** The compiled programs: bytes until load(), which may be called for as many sets as are wanted. */
export class ProgramObject {
  readonly file: string;
  /** 16 hexadecimal digits of the file's SHA-256: another version is another program. */
  readonly version: string;
  /** Kept, since the file may be another one by the time the programs must be loaded again. */
  readonly #bytes: Buffer;
  readonly #constants: ReadonlyMap<string, number>;

  /** Throws AgentError `object`. */
  constructor(file: string) {
    this.file = file;
    this.#bytes = read(file);
    this.version = hash('sha256', this.#bytes).slice(0, 16);
    this.#constants = elfVariables(this.#bytes, '.rodata');
    for (const array of arrayNames)
      if (!this.#constants.has(halfConstant(array)))
        throw new AgentError('object', `${file} has no constant ${halfConstant(array)}`, { file });
  }

  /** The maps that belong to the product, by name. */
  shapes(): ReadonlyMap<string, MapShape> {
    const object = this.#open();
    try {
      return new Map(
        mapsOf(object).map(([name, map]) => [
          name,
          {
            type: libbpf.mapType(map),
            keySize: libbpf.mapKeySize(map),
            valueSize: libbpf.mapValueSize(map),
            flags: libbpf.mapFlags(map),
          },
        ]),
      );
    } finally {
      libbpf.closeObject(object);
    }
  }

  /**
   * Loads the programs with these sizes and pins them and all weir_* maps under `set`. Maps named in `shared` are
   * taken over instead of made. Verifying runs off the event loop. Throws AgentError `verifier`, `object`, `kernel`.
   */
  async load(set: string, halves: Halves, shared: ReadonlyMap<string, number>): Promise<void> {
    captureLibbpfLog();
    const object = this.#open();
    try {
      this.#size(object, halves, shared);
      const result = await offLoop(libbpf.load, object);
      if (result < 0) throw this.#loadError(result);
      for (const [name, map] of mapsOf(object))
        this.#check(`pin map ${name}`, libbpf.pinMap(map, join(set, 'maps', name)));
      for (const [name, program] of programsOf(object))
        this.#check(`pin program ${name}`, libbpf.pinProgram(program, join(set, 'progs', name)));
    } finally {
      libbpf.closeObject(object);
    }
  }

  #open(): Pointer {
    const object = libbpf.openMemory(this.#bytes, this.#bytes.length, openOptions);
    if (object === null || object === 0n)
      throw new AgentError('object', `libbpf can't open ${this.file}: ${errnoText(errno())}`, {
        file: this.file,
        log: lastLibbpfLines(shownLogLines),
      });
    return object;
  }

  #size(object: Pointer, halves: Halves, shared: ReadonlyMap<string, number>): void {
    const maps = new Map(mapsOf(object));
    for (const array of arrayNames) {
      const map = maps.get(mapOf(array));
      if (map === undefined || libbpf.mapValueSize(map) !== elementBytes(array))
        throw new AgentError(
          'object',
          `${this.file} has no map ${mapOf(array)} of ${elementBytes(array)} bytes`,
        );
      this.#check(`size ${mapOf(array)}`, libbpf.setMaxEntries(map, halves[array] * 2));
    }
    for (const [name, fd] of shared) {
      const map = maps.get(name);
      if (map !== undefined) this.#check(`share ${name}`, libbpf.reuseFd(map, fd));
    }
    this.#setConstants(object, halves);
  }

  #setConstants(object: Pointer, halves: Halves): void {
    for (let map = libbpf.nextMap(object, null); map; map = libbpf.nextMap(object, map)) {
      if (!libbpf.mapName(map).endsWith('.rodata')) continue;
      const size = Buffer.alloc(8);
      const memory = libbpf.initialValue(map, size);
      if (memory === null) break;
      const view = new DataView(viewMemory(memory, Number(size.readBigUInt64LE())));
      for (const array of arrayNames)
        view.setUint32(this.#constants.get(halfConstant(array)) ?? 0, halves[array], true);
      const bits = this.#constants.get('cfg_endpoint_bits');
      if (bits !== undefined) view.setUint32(bits, Math.log2(halves.endpoint), true);
      return;
    }
    throw new AgentError('object', `${this.file} has no constants`, { file: this.file });
  }

  #check(what: string, result: number): void {
    if (result < 0)
      throw new AgentError('kernel', `${what}: ${errnoText(result)}`, {
        file: this.file,
        log: lastLibbpfLines(shownLogLines),
      });
  }

  #loadError(result: number): AgentError {
    const log = lastLibbpfLines(shownLogLines);
    const byVerifier = [errorAccess, errorInvalid, errorPermission, errorTooBig].includes(-result);
    const verified =
      byVerifier && log.some((line) => line.includes('PROG LOAD LOG') || line.includes('processed '));
    return new AgentError(
      verified ? 'verifier' : 'kernel',
      `the kernel did not load ${basename(this.file)}: ${errnoText(result)}${log.length ? `\n${log.join('\n')}` : ''}`,
      { file: this.file, log },
    );
  }
}

/** What bpf/include/config.h wants to be told of an array: 32-bit numbers. */
const halfConstant = (array: ArrayName): string => `cfg_half_${array}`;

function read(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new AgentError('object', `can't read the programs' object file ${file}`, { file }, error);
  }
}

/** The weir_* maps; what libbpf makes of the object's sections is not ours to pin. */
function mapsOf(object: Pointer): readonly (readonly [string, Pointer])[] {
  const maps: [string, Pointer][] = [];
  for (let map = libbpf.nextMap(object, null); map; map = libbpf.nextMap(object, map)) {
    const name = libbpf.mapName(map);
    if (name.startsWith('weir_')) maps.push([name, map]);
  }
  return maps;
}

function programsOf(object: Pointer): readonly (readonly [string, Pointer])[] {
  const programs: [string, Pointer][] = [];
  for (let program = libbpf.nextProgram(object, null); program; program = libbpf.nextProgram(object, program))
    programs.push([libbpf.programName(program), program]);
  return programs;
}
