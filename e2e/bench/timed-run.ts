import { check } from '@weir/node-agent/src/kernel/kernel-error.ts';
import { addressOf, libc } from '@weir/node-agent/src/kernel/libbpf.ts';
import { loopback, type RunOptions } from '../kernel/test-run.ts';

const bpfSyscall = { x64: 321, arm64: 280 }[process.arch as 'x64' | 'arm64'];
const commandTestRun = 10;

export interface TimedRun {
  readonly returned: number;
  /** Of one run, as the kernel measured it. */
  readonly nanoseconds: number;
}

/** Runs a program over a frame `repeat` times (BPF_PROG_TEST_RUN). */
export function timedRun(program: number, frame: Buffer, repeat: number, options: RunOptions = {}): TimedRun {
  const context = Buffer.alloc(192);
  context.writeUInt32LE(options.ingressIfindex ?? 0, 36);
  context.writeUInt32LE(options.ifindex ?? loopback, 40);
  const attributes = Buffer.alloc(80);
  attributes.writeUInt32LE(program, 0);
  attributes.writeUInt32LE(frame.length, 8);
  attributes.writeBigUInt64LE(addressOf(frame), 16);
  attributes.writeUInt32LE(repeat, 32);
  attributes.writeUInt32LE(context.length, 40);
  attributes.writeBigUInt64LE(addressOf(context), 48);
  check('test run', libc.bpf(bpfSyscall, commandTestRun, attributes, attributes.length));
  return { returned: attributes.readUInt32LE(4), nanoseconds: attributes.readUInt32LE(36) };
}

const anyFrame = Buffer.alloc(64);

/** Nanoseconds of each program, the least of some rounds in which they take turns. */
export function leastTimes<Name extends string>(
  programs: Readonly<Record<Name, number>>,
  rounds: number,
): Readonly<Record<Name, number>> {
  const names = Object.keys(programs) as Name[];
  const least = Object.fromEntries(names.map((name) => [name, Number.POSITIVE_INFINITY])) as Record<
    Name,
    number
  >;
  for (let round = 0; round < rounds; round++)
    for (const name of names)
      least[name] = Math.min(least[name], timedRun(programs[name], anyFrame, 1).nanoseconds);
  return least;
}
