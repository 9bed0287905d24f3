/** The stage of these tests: one pod, and peers that an image by hand tells apart. */
import type { Image } from '@weir/node-agent/src/image/image.ts';
import { entryLayout } from './flow-layout.ts';
import { type Address, type Datagram, frame, ip4, ip6, type Payload } from './packet.ts';
import type { Programs } from './programs.ts';
import { loopback } from './test-run.ts';
import { type Rule, tinyImage } from './tiny-image.ts';

export type Family = 4 | 6;
export const families: readonly Family[] = [4, 6];

/** Addresses by family. */
export const pod = { 4: '10.9.0.1', 6: 'fd09::1' } as const;
export const peer = { 4: '10.1.0.2', 6: 'fd01::2' } as const;
export const stranger = { 4: '10.2.0.2', 6: 'fd02::2' } as const;
/** An address of the node itself. */
export const node = { 4: '10.4.0.1', 6: 'fd04::1' } as const;
export const router = { 4: '198.51.100.1', 6: '2001:db8::1' } as const;

/** Slots of the peers; what only comes through the node has the slot after the node's. */
export const slot = { world: 0, peer: 1, stranger: 2, node: 4, forwarded: 5 } as const;

export const tcpPort = (port: number): number => port;
export const udpPort = (port: number): number => (1 << 16) | port;
export const sctpPort = (port: number): number => (2 << 16) | port;
export const otherPort = (protocol: number, type = 0): number => (3 << 16) | (protocol << 8) | type;

export interface Stage {
  readonly egress?: readonly Rule[];
  readonly ingress?: readonly Rule[];
  readonly ifindex?: number;
  readonly instance?: number;
  readonly adoptUntil?: number;
  readonly observe?: boolean;
  readonly closed?: boolean;
  /** Families of which the pod has an address. */
  readonly families?: readonly Family[];
}

export const anyPeerPort = (cookie = 100): Rule => ({ peer: slot.peer, cookie });

export const stage = ({
  ifindex = loopback,
  instance = 7,
  adoptUntil = 0,
  observe = false,
  closed = false,
  families: has = families,
  ...rules
}: Stage): Image =>
  tinyImage({
    ifindex,
    instance,
    adoptUntil,
    observe,
    closed,
    ...(has.includes(4) ? { ip4: 0x0a090001 } : {}),
    ...(has.includes(6) ? { ip6: [0xfd09_0000_0000_0000n, 1n] as const } : {}),
    peers: [
      { slot: slot.peer, ip4: 0x0a01, ip6: 0xfd01 },
      { slot: slot.stranger, ip4: 0x0a02, ip6: 0xfd02 },
      { slot: slot.node, ip4: 0x0a04, ip6: 0xfd04, local: true },
    ],
    ...rules,
  });

export interface Ends {
  readonly source: Address;
  readonly destination: Address;
}

export const datagram = (family: Family, ends: Ends, payload: Payload): Datagram =>
  family === 4 ? ip4(ends, payload) : ip6(ends, payload);

/** From the pod to the peer. */
export const outward = (family: Family, payload: Payload, destination: Address = peer[family]): Buffer =>
  frame(datagram(family, { source: pod[family], destination }, payload));

/** From the peer to the pod. */
export const inward = (family: Family, payload: Payload, source: Address = peer[family]): Buffer =>
  frame(datagram(family, { source, destination: pod[family] }, payload));

const nanoseconds = 1_000_000_000n;

/** CLOCK_MONOTONIC in seconds. */
export const monotonicSeconds = (): number => Number(process.hrtime.bigint() / nanoseconds);

/** Seconds that each entry of weir_ct or weir_ct_syn has left, rounded. */
export const secondsLeft = (programs: Programs, map: string): readonly number[] =>
  programs
    .hash(map)
    .entries()
    .map(([, value]) =>
      Math.round(Number(value.readBigUInt64LE(entryLayout.offsets.expires) - process.hrtime.bigint()) / 1e9),
    );

/** Lets every entry of a map end in `seconds`, as if time had passed; 0: it has ended. */
export function setSecondsLeft(programs: Programs, map: string, seconds: number): void {
  const hash = programs.hash(map);
  for (const [key, value] of hash.entries()) {
    value.writeBigUInt64LE(
      process.hrtime.bigint() + BigInt(seconds) * nanoseconds,
      entryLayout.offsets.expires,
    );
    hash.set(key, value);
  }
}

/** Cookies in the entries of a map. */
export const cookies = (programs: Programs, map: string): readonly number[] =>
  programs
    .hash(map)
    .entries()
    .map(([, value]) => value.readUInt32LE(entryLayout.offsets.cookie));
