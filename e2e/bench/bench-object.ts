import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { arrayNames, type Image } from '@weir/node-agent/src/image/image.ts';
import { elfVariables } from '@weir/node-agent/src/kernel/elf-variables.ts';
import { check } from '@weir/node-agent/src/kernel/kernel-error.ts';
import { libbpf, type Pointer, viewMemory } from '@weir/node-agent/src/kernel/libbpf.ts';
import { captureLibbpfLog, lastLibbpfLines } from '@weir/node-agent/src/kernel/libbpf-log.ts';
import { MappedArray, MappedMemory } from '@weir/node-agent/src/kernel/mapped-array.ts';
import { mapOf } from '@weir/node-agent/src/kernel/object.ts';
import { type Halves, halvesFor, smallestHalves } from '@weir/node-agent/src/kernel/size-class.ts';
import koffi from 'koffi';

const root = resolve(import.meta.dirname, '../..');
const target = join(root, 'build/bench/verdict.bpf.o');
const programFd = koffi.load('libbpf.so.1').func('int bpf_program__fd(const void *program)') as (
  program: Pointer,
) => number;

/** Keys of the bench, as verdict.bpf.c has them. */
export const keyCount = 65_536;
/** Look-ups in one run of a program. */
export const loops = 2 ** 19;

const compilers = ['clang', 'clang-19', 'clang-18', 'clang-17', 'clang-16', 'clang-15', 'clang-14'];

/** Compiles verdict.bpf.c as bpf/Makefile compiles the programs. */
export function compileBench(): void {
  const found = compilers.find((name) =>
    (process.env.PATH ?? '').split(':').some((folder) => existsSync(join(folder, name))),
  );
  if (!found) throw new Error('clang 14 or newer is needed');
  mkdirSync(dirname(target), { recursive: true });
  const machine = process.arch === 'x64' ? 'x86_64' : 'aarch64';
  execFileSync(
    found,
    [
      ...['-O2', '-g', '-mcpu=v2', '-Wall', '-Wextra', '-Werror', '-Wno-unused-parameter', '-target', 'bpf'],
      ...[
        `-I${root}/bpf/include`,
        `-I${import.meta.dirname}`,
        '-idirafter',
        `/usr/include/${machine}-linux-gnu`,
      ],
      ...['-c', join(import.meta.dirname, 'verdict.bpf.c'), '-o', target],
    ],
    { stdio: ['ignore', 'inherit', 'inherit'] },
  );
}

/** The bench's programs, loaded with arrays that just hold one image, whose table begins at `table` in rowidx. */
export class BenchObject {
  readonly #object: Pointer;
  readonly halves: Halves;

  constructor(image: Image, table: number) {
    captureLibbpfLog();
    const object = libbpf.openFile(target, null);
    if (!object) throw new Error(`libbpf can't open ${target}`);
    this.#object = object;
    this.halves = halvesFor(image, smallestHalves);
    try {
      this.#size(table);
      if (libbpf.load(object) < 0) throw new Error(lastLibbpfLines(20).join('\n'));
      this.#fill(image);
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** Descriptor of a map. */
  map(name: string): number {
    return libbpf.mapFd(this.#find(name));
  }

  /** Descriptor of a program. */
  program(name: string): number {
    for (let at = libbpf.nextProgram(this.#object, null); at; at = libbpf.nextProgram(this.#object, at))
      if (libbpf.programName(at) === name) return programFd(at);
    throw new Error(`no program ${name}`);
  }

  /** Writes the keys of a family, one or two words each. */
  writeKeys(family: 4 | 6, keys: BigUint64Array): void {
    const length = keys.byteLength;
    const memory = new MappedMemory(this.map(`bench_key${family}`), { length, offset: 0, writable: true });
    new BigUint64Array(memory.buffer, 0, keys.length).set(keys);
    memory.close();
  }

  /** How many keys the product and the rival judge differently, by the last run of compare_verdicts. */
  get differences(): number {
    const offset = elfVariables(readFileSync(target), '.bss').get('bench_differences') ?? 0;
    const value = Buffer.alloc(64);
    const fd = libbpf.mapFd(this.#find('.bss'));
    check('read .bss', libbpf.lookupElement(fd, Buffer.alloc(4), value));
    return Number(value.readBigUInt64LE(offset));
  }

  close(): void {
    libbpf.closeObject(this.#object);
  }

  #find(name: string): Pointer {
    for (let at = libbpf.nextMap(this.#object, null); at; at = libbpf.nextMap(this.#object, at)) {
      const found = libbpf.mapName(at);
      if (found === name || (name.startsWith('.') && found.endsWith(name))) return at;
    }
    throw new Error(`no map ${name}`);
  }

  #size(table: number): void {
    const variables = elfVariables(readFileSync(target), '.rodata');
    const size = Buffer.alloc(8);
    const memory = libbpf.initialValue(this.#find('.rodata'), size);
    if (!memory) throw new Error('no constants');
    const view = new DataView(viewMemory(memory, Number(size.readBigUInt64LE())));
    for (const name of arrayNames) {
      check(`size ${name}`, libbpf.setMaxEntries(this.#find(mapOf(name)), this.halves[name] * 2));
      view.setUint32(variables.get(`cfg_half_${name}`) ?? 0, this.halves[name], true);
    }
    view.setUint32(variables.get('bench_table') ?? 0, table, true);
  }

  #fill(image: Image): void {
    for (const name of arrayNames) {
      const array = new MappedArray(this.map(mapOf(name)));
      array.generation(0).set(image[name]);
      array.close();
    }
  }
}
