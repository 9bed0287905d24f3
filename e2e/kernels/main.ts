import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { smallestHalves } from '@weir/node-agent/src/kernel/size-class.ts';
import { boot } from './boot.ts';
import { type LoadedProgram, loadedPrograms } from './console.ts';
import { debianKernel } from './debian-kernel.ts';
import { initramfs } from './initramfs.ts';

const root = resolve(import.meta.dirname, '../..');
const suites = ['bullseye', 'bookworm', 'trixie'] as const;
/** As e2e/kernel/load.test.ts has it. */
const verifiedCeiling = 50_000;
const bootSeconds = 180;

function buildInitramfs(folder: string): string {
  const loader = join(folder, 'loader');
  const source = join(import.meta.dirname, 'loader.c');
  execFileSync('gcc', ['-O2', '-Wall', '-static', source, '-o', loader, '-lbpf', '-lelf', '-lz'], {
    stdio: 'inherit',
  });
  const halves = Object.entries(smallestHalves).map(([name, half]) => `${name} ${half}\n`);
  const file = join(folder, 'initramfs');
  writeFileSync(
    file,
    initramfs([
      { name: 'init', content: readFileSync(loader), executable: true },
      { name: 'pod.bpf.o', content: readFileSync(join(root, 'build/bpf/pod.bpf.o')), executable: false },
      { name: 'halves', content: Buffer.from(halves.join('')), executable: false },
    ]),
  );
  return file;
}

const row = (cells: readonly string[]): string =>
  cells
    .map((cell, column) => (column < 3 ? cell.padEnd(22) : cell.padStart(12)))
    .join('')
    .trimEnd();

function tell(suite: string, version: string, programs: readonly LoadedProgram[]): void {
  for (const { name, verified, milliseconds } of programs)
    console.log(row([suite, version, name, String(verified), milliseconds?.toFixed(1) ?? '-']));
}

async function main(): Promise<number> {
  const cache = join(homedir(), '.cache/weir/kernels');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(tmpdir(), 'weir-kernels-'));
  let failures = 0;
  try {
    const initrd = buildInitramfs(folder);
    console.log(row(['debian', 'kernel', 'program', 'verified', 'load ms']));
    for (const suite of suites) {
      const kernel = debianKernel(suite, cache);
      const said = await boot(kernel.file, initrd, bootSeconds);
      const programs = loadedPrograms(said);
      if (programs) tell(suite, kernel.version, programs);
      else console.error(`${suite} ${kernel.version}: the programs did not load\n${said}`);
      if (!programs?.length || programs.some(({ verified }) => verified > verifiedCeiling)) failures++;
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  console.log('(emulated processor: times compare among these kernels only)');
  return failures === 0 ? 0 : 1;
}

process.exitCode = await main();
