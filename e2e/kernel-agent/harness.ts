import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { arrayNames, type Image } from '@weir/node-agent/src/image/image.ts';
import { arrayLayouts, endpointLayout } from '@weir/node-agent/src/image/layout.ts';
import type { Clock } from '@weir/node-agent/src/kernel/clock.ts';
import { Datapath, type DatapathOptions } from '@weir/node-agent/src/kernel/datapath.ts';
import { libbpf, libc } from '@weir/node-agent/src/kernel/libbpf.ts';
import { removeDatapath } from '@weir/node-agent/src/kernel/remove-datapath.ts';
import koffi from 'koffi';
import { after, afterEach } from 'mocha';

const system = koffi.load('libc.so.6');
const unshare = system.func('int unshare(int flags)');
const mount = system.func(
  'int mount(const char *source, const char *target, const char *type, unsigned long flags, const void *data)',
);
const newNetwork = 0x40000000;
const bpfFileSystem = 0xcafe4a11;
const bpfMount = '/sys/fs/bpf';

/** The pins of this process. */
export const pinDir = `${bpfMount}/weir-test-${process.pid}`;
export const objects = mkdtempSync(join(tmpdir(), 'weir-kernel-agent-'));

/**
 * Puts the test process into a network namespace of its own, which goes with the process, and sees to a BPF file
 * system. Call it once a file, at the top.
 */
export function prepare(): void {
  if (!entered) {
    if (unshare(newNetwork) !== 0) throw new Error('these tests need root');
    execFileSync('ip', ['link', 'set', 'lo', 'up']);
    if (statfsSync(bpfMount).type !== bpfFileSystem) mount('bpf', bpfMount, 'bpf', 0, null);
  }
  if (!entered) removeLeftovers();
  entered = true;
  after(() => {
    removeDatapath(pinDir);
    rmSync(objects, { recursive: true, force: true });
  });
}
let entered = false;

/** One datapath at a time, for the tests of a suite; after each test it is closed and all its pins are removed. */
export class TestDatapath {
  #open: Datapath | undefined;

  constructor() {
    afterEach(() => {
      this.close();
      removeDatapath(pinDir);
    });
  }

  /** Closes the one before, as an agent that starts again. */
  readonly open = async (options: Partial<DatapathOptions> = {}): Promise<Datapath> => {
    this.close();
    this.#open = await openDatapath(options);
    return this.#open;
  };

  close(): void {
    this.#open?.close();
    this.#open = undefined;
  }
}

/** What a run that was killed has left is named after a process that is gone. */
function removeLeftovers(): void {
  for (const name of readdirSync(bpfMount)) {
    const pid = /^weir-test-(\d+)/.exec(name)?.[1];
    if (pid !== undefined && !existsSync(`/proc/${pid}`)) removeDatapath(join(bpfMount, name));
  }
}

/** Compiles fixture.bpf.c; other definitions are another version of the programs. */
export function compileFixture(name: string, definitions: readonly string[] = []): string {
  mkdirSync(objects, { recursive: true });
  const target = join(objects, `${name}.o`);
  if (existsSync(target)) return target;
  const source = join(import.meta.dirname, 'fixture.bpf.c');
  const include = `-I/usr/include/${process.arch === 'x64' ? 'x86_64' : 'aarch64'}-linux-gnu`;
  execFileSync('clang', [
    ...['-g', '-O2', '-mcpu=v2', '-target', 'bpf', include],
    ...definitions.map((definition) => `-D${definition}`),
    ...['-c', source, '-o', target],
  ]);
  return target;
}

export const clock: Clock = { now: () => Date.now(), monotonic: () => performance.now() };
const silent = () => undefined;
export const log = { error: silent, warn: silent, info: silent, debug: silent };

export const openDatapath = (options: Partial<DatapathOptions> = {}): Promise<Datapath> =>
  Datapath.open({
    objectFile: compileFixture('fixture'),
    pinDir,
    attachMode: 'auto',
    log,
    clock,
    ...options,
  });

/**
 * An image for the fixture: `verdict` odd drops, even passes; `elements` of an array are counted as the kernel
 * counts them, all but the first word are `fill`.
 */
export function imageOf(verdict: number, elements: Partial<Record<keyof Image, number>> = {}): Image {
  const image = Object.fromEntries(
    arrayNames.map((name) => {
      const { elementBytes, packed, fixedLength } = arrayLayouts[name];
      const count = elements[name] ?? (fixedLength === undefined ? 2 : fixedLength / packed);
      return [name, new Uint8Array(count * elementBytes * packed).fill(name === 'endpoint' ? 0 : 7)];
    }),
  ) as Record<keyof Image, Uint8Array>;
  image.endpoint = new Uint8Array((elements.endpoint ?? 1024) * endpointLayout.size);
  for (const name of ['outcome', 'row'] as const)
    new DataView(image[name].buffer).setBigUint64(0, BigInt(verdict), true);
  return image;
}

export const digestOf = (number: number) => [number, 2, 3, 0xfffffffe] as const;

export interface Veth {
  readonly name: string;
  /** Of the host's side. */
  readonly ifindex: number;
  /** Of the pod's side, from where frames are sent. */
  readonly peer: number;
  readonly mac: string;
  remove(): void;
}

/** A veth pair, both ends in the test's namespace; the host's side has the address 10.77.<number>.1/24. */
export function addVeth(number: number): Veth {
  const name = `host${number}`;
  const peerName = `pod${number}`;
  const ip = (...args: string[]) => execFileSync('ip', args, { encoding: 'utf8', stdio: 'pipe' });
  ip('link', 'add', name, 'type', 'veth', 'peer', 'name', peerName);
  ip('addr', 'add', `10.77.${number}.1/24`, 'dev', name);
  for (const side of [name, peerName]) {
    execFileSync('sh', ['-c', `echo 1 > /proc/sys/net/ipv6/conf/${side}/disable_ipv6 || true`]);
    ip('link', 'set', side, 'up');
  }
  const link = (side: string): { ifindex: number; address: string } =>
    JSON.parse(ip('-j', 'link', 'show', 'dev', side))[0];
  return {
    name,
    ifindex: link(name).ifindex,
    peer: link(peerName).ifindex,
    mac: link(name).address,
    remove: () => ip('link', 'del', name),
  };
}

/** Packets that met pod_egress since the maps were made: the fixture counts in weir_ct. */
export const egressRuns = (): number => fixtureCount(0);

/** Packets that pod_egress dropped. */
export const egressDrops = (): number => fixtureCount(2);

function fixtureCount(key: number): number {
  const map = libbpf.openPin(join(pinDir, 'maps/weir_ct'));
  const value = Buffer.alloc(8);
  const result = libbpf.lookupElement(map, Buffer.from([key, 0, 0, 0]), value);
  libc.close(map);
  return result < 0 ? 0 : Number(value.readBigUInt64LE());
}
