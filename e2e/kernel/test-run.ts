import { check } from '@weir/node-agent/src/kernel/kernel-error.ts';
import { addressOf, libc } from '@weir/node-agent/src/kernel/libbpf.ts';

const bpfSyscall = { x64: 321, arm64: 280 }[process.arch as 'x64' | 'arm64'];
const commandTestRun = 10;
/** The kernel is given addresses, which keep nothing alive: these last as long as the process. */
const attributes = Buffer.alloc(80);
const context = Buffer.alloc(192);
const packet = Buffer.alloc(1 << 16);
/** TC_ACT_SHOT; TC_ACT_UNSPEC is -1. */
const shot = 2;
const unspecified = 0xffff_ffff;

/** The loopback device, which every network namespace has under this index. */
export const loopback = 1;

export interface RunOptions {
  /** Of a device in the caller's network namespace, else ENODEV. */
  readonly ifindex?: number;
  /** 0: sent by this node's own processes. */
  readonly ingressIfindex?: number;
  readonly mark?: number;
}

/** What a program returned for a frame of at most 64 KB; 3 µs a call. The kernel refuses a tc_index or a VLAN tag beside the frame. */
export function testRun(program: number, frame: Buffer, options: RunOptions = {}): number {
  packet.set(frame);
  context.fill(0);
  context.writeUInt32LE(options.mark ?? 0, 8);
  context.writeUInt32LE(options.ingressIfindex ?? 0, 36);
  context.writeUInt32LE(options.ifindex ?? loopback, 40);
  attributes.fill(0);
  attributes.writeUInt32LE(program, 0);
  attributes.writeUInt32LE(frame.length, 8);
  attributes.writeBigUInt64LE(addressOf(packet), 16);
  attributes.writeUInt32LE(1, 32);
  attributes.writeUInt32LE(context.length, 40);
  attributes.writeBigUInt64LE(addressOf(context), 48);
  check('test run', libc.bpf(bpfSyscall, commandTestRun, attributes, attributes.length));
  return attributes.readUInt32LE(4);
}

export type Verdict = 'pass' | 'drop';

/** The verdict in what a program returned; throws on what no program of ours may return. */
export function verdictOf(returned: number): Verdict {
  if (returned === shot) return 'drop';
  if (returned === unspecified) return 'pass';
  throw new RangeError(`a program returned ${returned}`);
}
