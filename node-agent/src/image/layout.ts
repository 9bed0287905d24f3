import type { ArrayName } from './image.ts';

/** How elements lie in an array of the image. */
export interface ArrayLayout {
  /** Bytes of one element as the image packs it. */
  readonly elementBytes: number;
  /** Elements in one 8-byte word of the kernel's array; 1 where an element is a word or a struct. */
  readonly packed: number;
  /** Elements, for arrays that always have the same number of them. */
  readonly fixedLength?: number;
}

const packedU16: ArrayLayout = { elementBytes: 2, packed: 4 };
const packedU32: ArrayLayout = { elementBytes: 4, packed: 2 };
const nodeLine: ArrayLayout = { elementBytes: 64, packed: 1 };
const root: ArrayLayout = { ...packedU32, fixedLength: 65_536 };

export const arrayLayouts: Readonly<Record<ArrayName, ArrayLayout>> = {
  endpoint: { elementBytes: 48, packed: 1 },
  root4: root,
  node4: nodeLine,
  root6: root,
  node6: nodeLine,
  class: packedU16,
  portcls: { ...packedU16, fixedLength: 262_144 },
  rowidx: packedU32,
  row: packedU16,
  outcome: { elementBytes: 8, packed: 1 },
};

/** A struct of the C headers: its size and the byte offset of each field. */
export interface StructLayout {
  readonly size: number;
  readonly offsets: Readonly<Record<string, number>>;
}

/** As in bpf/include/image.h. */
export const endpointLayout = {
  size: 48,
  offsets: {
    ifindex: 0,
    flags: 4,
    table: 8,
    instance: 16,
    adopt_until: 20,
    ip4: 24,
    owner: 28,
    ip6_hi: 32,
    ip6_lo: 40,
  },
} as const satisfies StructLayout;

/** As in bpf/include/image.h. */
export const nodeSmallLayout = {
  size: 32,
  offsets: { key: 0, marks: 8, values: 16 },
} as const satisfies StructLayout;

/** As in bpf/include/image.h. */
export const nodeLargeLayout = {
  size: 64,
  offsets: { key: 0, marks: 8, values: 24, pad: 52 },
} as const satisfies StructLayout;

/** As in bpf/include/image.h. */
export const nodeWideLayout = {
  size: 64,
  offsets: { key: 0, changes: 8, cnt: 40, miss: 44, pad: 48 },
} as const satisfies StructLayout;

/** As in bpf/include/event.h. */
export const eventLayout = {
  size: 72,
  offsets: {
    time: 0,
    commit: 8,
    src_hi: 16,
    src_lo: 24,
    dst_hi: 32,
    dst_lo: 40,
    src_port: 48,
    dst_port: 50,
    protocol: 52,
    family: 53,
    direction: 54,
    reason: 55,
    cookie: 56,
    ifindex: 60,
    slot: 64,
    length: 68,
  },
} as const satisfies StructLayout;

/** A value of the search that is an inner node. */
export const valueNode = 0x8000_0000;
/** A node that tells one byte apart by a bitmap. */
export const nodeWide = 0x4000_0000;
/** A node of a whole line that tells 16 bits apart by marks. */
export const nodeLarge = 0x2000_0000;
/** Where a node is, in halves of a line. */
export const nodePlace = 0x1fff_ffff;
/** A slot of an address of this node itself; the next slot is the one for what its own processes did not send. */
export const valueLocal = 0x4000_0000;
/** The slot in a value. */
export const valueIndex = 0x3fff_ffff;

/** Flags of an endpoint. */
export const endpointFlag = {
  ingressIsolated: 1,
  egressIsolated: 2,
  ip4: 4,
  ip6: 8,
  observe: 16,
  closed: 32,
} as const;

/** Bits of the lower half of an outcome; the upper half is the cookie. */
export const outcomeFlag = { allow: 1, default: 2 } as const;

/** Index into struct endpoint's `table`, and the event's direction. */
export const direction = { egress: 0, ingress: 1 } as const;
export type Direction = (typeof direction)[keyof typeof direction];

/** Places of the endpoint array that a look-up tries. */
export const endpointProbes = 8;

/** First place of an interface among 2^bits. */
export const endpointPlace = (ifindex: number, bits: number): number =>
  Math.imul(ifindex, 0x9e37_79b1) >>> (32 - bits);

/** Group of an IP protocol in the array portcls. */
export function portGroup(protocol: number): 0 | 1 | 2 | 3 {
  switch (protocol) {
    case 6:
      return 0;
    case 17:
      return 1;
    case 132:
      return 2;
    default:
      return 3;
  }
}

/** What an image may hold at most. */
export const imageLimits = {
  classes: 65_536,
  portClasses: 65_536,
  outcomes: 65_536,
  /** Elements of the array row. */
  row: 2 ** 24,
  /** Elements of the array rowidx. */
  rowidx: 2 ** 24,
} as const;
