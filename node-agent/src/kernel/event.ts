import { formatAddress } from '../format-address.ts';
import { direction, eventLayout } from '../image/layout.ts';

/** Why an event was written, by its number in bpf/include/event.h. */
const reasons = {
  1: 'policy-allow',
  2: 'policy-deny',
  3: 'malformed',
  4: 'spoofed',
  5: 'not-addressed',
  6: 'protocol',
  7: 'fragment',
} as const;
/** EVENT_OBSERVED */
const observedBit = 0x80;
export type EventReason = (typeof reasons)[keyof typeof reasons] | 'unknown';

/** One verdict that the programs told of. */
export interface DatapathEvent {
  /** CLOCK_MONOTONIC, nanoseconds. */
  readonly time: bigint;
  /** Commit of the generation that judged the packet. */
  readonly commit: number;
  /** 4, 6, or 0 where the packet has no IP header that could be read. */
  readonly family: number;
  /** As text (RFC 5952); empty where there is none. */
  readonly source: string;
  readonly destination: string;
  /** ICMP: the identifier. */
  readonly sourcePort: number;
  /** ICMP: the type. */
  readonly destinationPort: number;
  /** IANA protocol number. */
  readonly protocol: number;
  /** As the endpoint sees it. */
  readonly direction: 'egress' | 'ingress';
  readonly reason: EventReason;
  /** A denial that let the packet pass, since the endpoint is only observed. */
  readonly observed: boolean;
  /** Of the outcome that decided; 0 where no rule was asked. */
  readonly cookie: number;
  readonly ifindex: number;
  /** Of the peer. */
  readonly slot: number;
  /** Of the packet, bytes. */
  readonly length: number;
}

export const eventBytes = eventLayout.size;

/** Reads a struct event; throws a RangeError on fewer bytes than eventBytes. */
export function decodeEvent(bytes: Buffer): DatapathEvent {
  const at = eventLayout.offsets;
  const family = bytes.readUInt8(at.family);
  const reason = bytes.readUInt8(at.reason);
  return {
    time: bytes.readBigUInt64LE(at.time),
    commit: Number(bytes.readBigUInt64LE(at.commit)),
    family,
    source: addressText(bytes, family, at.src_hi, at.src_lo),
    destination: addressText(bytes, family, at.dst_hi, at.dst_lo),
    sourcePort: bytes.readUInt16LE(at.src_port),
    destinationPort: bytes.readUInt16LE(at.dst_port),
    protocol: bytes.readUInt8(at.protocol),
    direction: bytes.readUInt8(at.direction) === direction.egress ? 'egress' : 'ingress',
    reason: (reasons as Readonly<Record<number, EventReason>>)[reason & ~observedBit] ?? 'unknown',
    observed: (reason & observedBit) !== 0,
    cookie: bytes.readUInt32LE(at.cookie),
    ifindex: bytes.readUInt32LE(at.ifindex),
    slot: bytes.readUInt32LE(at.slot),
    length: bytes.readUInt32LE(at.length),
  };
}

function addressText(bytes: Buffer, family: number, high: number, low: number): string {
  if (family === 4) {
    const address = bytes.readUInt32LE(low);
    return formatAddress([24, 16, 8, 0].map((shift) => (address >>> shift) & 255));
  }
  if (family !== 6) return '';
  const address = Buffer.alloc(16);
  address.writeBigUInt64BE(bytes.readBigUInt64LE(high), 0);
  address.writeBigUInt64BE(bytes.readBigUInt64LE(low), 8);
  return formatAddress([...address]);
}
