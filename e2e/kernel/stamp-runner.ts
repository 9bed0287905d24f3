import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { check } from '@weir/node-agent/src/kernel/kernel-error.ts';
import { libbpf, libc, type Pointer } from '@weir/node-agent/src/kernel/libbpf.ts';
import { testRun, type Verdict, verdictOf } from './test-run.ts';

const root = resolve(import.meta.dirname, '../..');
const unspecified = 255;

const word = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};

/** Runs programs on packets that have a tc_index, by way of stamp.bpf.c. */
export class StampRunner {
  readonly #object: Pointer;
  readonly #runner: number;
  readonly #underTest: number;

  constructor() {
    execFileSync('make', ['-s', '-C', `${root}/bpf`, 'test'], { stdio: ['ignore', 'ignore', 'inherit'] });
    const object = libbpf.openFile(`${root}/build/bpf/test/stamp.bpf.o`, null);
    if (object === null) throw new Error('stamp.bpf.o does not open');
    check('load stamp.bpf.o', libbpf.load(object));
    const map = libbpf.nextMap(object, null);
    const program = libbpf.nextProgram(object, null);
    if (map === null || program === null) throw new Error('stamp.bpf.o is not whole');
    this.#object = object;
    this.#underTest = libbpf.mapFd(map);
    const pin = `/sys/fs/bpf/weir-stamp-${process.pid}`;
    check('pin', libbpf.pinProgram(program, pin));
    this.#runner = check('open', libbpf.openPin(pin));
    rmSync(pin);
  }

  /** `stamp` is the tc_index, 0 to 0xffff, before and after. */
  run(program: number, frame: Buffer, stamp: number): { readonly verdict: Verdict; readonly stamp: number } {
    check('fill array', libbpf.updateElement(this.#underTest, word(0), word(program), 0));
    const returned = testRun(this.#runner, frame, { mark: stamp });
    const verdict = returned & 255;
    return { verdict: verdictOf(verdict === unspecified ? 0xffff_ffff : verdict), stamp: returned >>> 8 };
  }

  close(): void {
    libc.close(this.#runner);
    libbpf.closeObject(this.#object);
  }
}
