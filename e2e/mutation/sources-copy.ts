import { spawn } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Mutation, mutate } from './mutation.ts';

const root = join(import.meta.dirname, '../..');
const packages = ['proto', 'log', 'operator', 'node-agent', 'e2e'] as const;

/** A run of the property test. */
export interface Run {
  readonly exitCode: number;
  readonly output: string;
}

/** The sources once more in a folder of their own, with the same dependencies, to break at will. */
export class SourcesCopy {
  readonly #folder = mkdtempSync(join(tmpdir(), 'weir-mutation-'));

  constructor() {
    for (const name of packages) {
      const filter = (path: string) => !/\/(node_modules|cases|\.cache)$/.test(path);
      cpSync(join(root, name), join(this.#folder, name), { recursive: true, filter });
    }
    for (const file of ['package.json', '.mocharc.json']) cpSync(join(root, file), join(this.#folder, file));
    this.#linkDependencies();
  }

  /** Everything but the packages of the repository, which are those of the copy. */
  #linkDependencies(): void {
    const modules = join(this.#folder, 'node_modules');
    mkdirSync(join(modules, '@weir'), { recursive: true });
    for (const name of readdirSync(join(root, 'node_modules'))) {
      if (name !== '@weir') symlinkSync(join(root, 'node_modules', name), join(modules, name));
    }
    for (const name of packages) symlinkSync(join('../..', name), join(modules, '@weir', name));
  }

  /** Runs `body` while the mistake is in the copy. */
  async with<T>(mutation: Mutation, body: () => Promise<T>): Promise<T> {
    const path = join(this.#folder, mutation.file);
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, mutate(text, mutation));
    try {
      return await body();
    } finally {
      writeFileSync(path, text);
    }
  }

  /** Runs the property test on `runs` clusters from `seed`. */
  runProperty(seed: number, runs: number): Promise<Run> {
    const mocha = join(root, 'node_modules/.bin/mocha');
    const child = spawn(process.execPath, [mocha, 'e2e/conformance/agreement.unit.test.ts'], {
      cwd: this.#folder,
      env: { PATH: process.env.PATH, WEIR_SEED: String(seed), WEIR_RUNS: String(runs) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return new Promise((resolve, reject) => {
      let output = '';
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8').on('data', (text: string) => {
          output += text;
        });
      }
      child.on('error', reject);
      child.on('close', (code) => resolve({ exitCode: code ?? 1, output }));
    });
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
