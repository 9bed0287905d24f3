/**
 * Packets for the programs, built from the inside out: frame(ip4({…}, tcp({…}))). Checksums are left 0, since the
 * programs don't look at them. Anything may be wrong on purpose: every length can be given.
 */
import { parseAddress } from '@weir/operator/src/source/decode/parse-prefix.ts';

/** Bytes with the number by which the layer below names them: an IP protocol. */
export interface Payload {
  readonly protocol: number;
  readonly bytes: Buffer;
}

/** What an Ethernet frame carries. */
export interface Datagram {
  readonly ethertype: number;
  readonly bytes: Buffer;
}

/** Text, or 4 or 16 bytes in network order. */
export type Address = string | Uint8Array;

export const protocol = {
  hopByHop: 0,
  icmp: 1,
  tcp: 6,
  udp: 17,
  routing: 43,
  fragment: 44,
  gre: 47,
  authentication: 51,
  icmp6: 58,
  destinationOptions: 60,
  sctp: 132,
} as const;

export const ethertype = { ip4: 0x0800, arp: 0x0806, vlan: 0x8100, qinq: 0x88a8, ip6: 0x86dd } as const;

export const tcpFlag = { fin: 1, syn: 2, rst: 4, psh: 8, ack: 16 } as const;

function addressBytes(address: Address): Uint8Array {
  if (typeof address !== 'string') return address;
  const parsed = parseAddress(address);
  if (parsed === undefined) throw new RangeError(`not an IP address: ${address}`);
  return parsed.address;
}

export interface FrameOptions {
  readonly destination?: readonly number[];
  readonly source?: readonly number[];
  /** Tags, outermost first. */
  readonly vlans?: readonly { readonly id: number; readonly ethertype?: number }[];
}

/** An Ethernet frame. */
export function frame(datagram: Datagram, options: FrameOptions = {}): Buffer {
  const macs = [...(options.destination ?? [2, 0, 0, 0, 0, 2]), ...(options.source ?? [2, 0, 0, 0, 0, 1])];
  const tags = (options.vlans ?? []).flatMap(({ id, ethertype: type = ethertype.vlan }) => [
    type >> 8,
    type & 255,
    id >> 8,
    id & 255,
  ]);
  const type = [datagram.ethertype >> 8, datagram.ethertype & 255];
  return Buffer.concat([Buffer.from([...macs, ...tags, ...type]), datagram.bytes]);
}

export interface ArpOptions {
  /** 1 request, 2 reply. */
  readonly operation: number;
  readonly sender: Address;
  readonly target: Address;
}

/** ARP for IPv4 over Ethernet (RFC 826). */
export function arp({ operation, sender, target }: ArpOptions): Datagram {
  const head = [0, 1, 8, 0, 6, 4, 0, operation];
  const bytes = [
    ...head,
    2,
    0,
    0,
    0,
    0,
    1,
    ...addressBytes(sender),
    0,
    0,
    0,
    0,
    0,
    0,
    ...addressBytes(target),
  ];
  return { ethertype: ethertype.arp, bytes: Buffer.from(bytes) };
}

export interface Ip4Options {
  readonly source: Address;
  readonly destination: Address;
  readonly ttl?: number;
  readonly id?: number;
  /** In bytes, a multiple of 8. */
  readonly offset?: number;
  readonly moreFragments?: boolean;
  /** A multiple of 4 bytes, at most 40. */
  readonly options?: Uint8Array;
  /** In 4-byte words; the true one where it is left out. */
  readonly headerWords?: number;
  /** Of the whole packet, bytes; the true one where it is left out. */
  readonly totalLength?: number;
  readonly version?: number;
}

/** IPv4 (RFC 791). */
export function ip4(options: Ip4Options, payload: Payload): Datagram {
  const extra = options.options ?? new Uint8Array();
  const header = Buffer.alloc(20 + extra.length);
  header[0] = ((options.version ?? 4) << 4) | (options.headerWords ?? header.length / 4);
  header.writeUInt16BE(options.totalLength ?? header.length + payload.bytes.length, 2);
  header.writeUInt16BE(options.id ?? 0, 4);
  header.writeUInt16BE((options.moreFragments ? 0x2000 : 0) | ((options.offset ?? 0) / 8), 6);
  header[8] = options.ttl ?? 64;
  header[9] = payload.protocol;
  header.set(addressBytes(options.source), 12);
  header.set(addressBytes(options.destination), 16);
  header.set(extra, 20);
  return { ethertype: ethertype.ip4, bytes: Buffer.concat([header, payload.bytes]) };
}

export interface Ip6Options {
  readonly source: Address;
  readonly destination: Address;
  readonly hopLimit?: number;
  /** Bytes behind the header; the true ones where it is left out. */
  readonly payloadLength?: number;
  readonly version?: number;
}

/** IPv6 (RFC 8200). */
export function ip6(options: Ip6Options, payload: Payload): Datagram {
  const header = Buffer.alloc(40);
  header[0] = (options.version ?? 6) << 4;
  header.writeUInt16BE(options.payloadLength ?? payload.bytes.length, 4);
  header[6] = payload.protocol;
  header[7] = options.hopLimit ?? 64;
  header.set(addressBytes(options.source), 8);
  header.set(addressBytes(options.destination), 24);
  return { ethertype: ethertype.ip6, bytes: Buffer.concat([header, payload.bytes]) };
}

/** An IPv6 extension header of options or a routing header, of `length` bytes (8 to 2048, a multiple of 8). */
export function extension(kind: number, payload: Payload, length = 8): Payload {
  const header = Buffer.alloc(length);
  header[0] = payload.protocol;
  header[1] = length / 8 - 1;
  return { protocol: kind, bytes: Buffer.concat([header, payload.bytes]) };
}

/** An authentication header (RFC 4302) of `length` bytes, a multiple of 4 from 12. */
export function authentication(payload: Payload, length = 16): Payload {
  const header = Buffer.alloc(length);
  header[0] = payload.protocol;
  header[1] = length / 4 - 2;
  return { protocol: protocol.authentication, bytes: Buffer.concat([header, payload.bytes]) };
}

export interface FragmentOptions {
  readonly id: number;
  /** In bytes, a multiple of 8. */
  readonly offset?: number;
  readonly moreFragments?: boolean;
}

/** An IPv6 fragment header; the payload is what the fragment carries. */
export function fragment6(
  { id, offset = 0, moreFragments = false }: FragmentOptions,
  payload: Payload,
): Payload {
  const header = Buffer.alloc(8);
  header[0] = payload.protocol;
  header.writeUInt16BE(offset | (moreFragments ? 1 : 0), 2);
  header.writeUInt32BE(id, 4);
  return { protocol: protocol.fragment, bytes: Buffer.concat([header, payload.bytes]) };
}

export interface Ports {
  readonly sourcePort: number;
  readonly destinationPort: number;
}

const portBytes = (length: number, { sourcePort, destinationPort }: Ports): Buffer => {
  const bytes = Buffer.alloc(length);
  bytes.writeUInt16BE(sourcePort, 0);
  bytes.writeUInt16BE(destinationPort, 2);
  return bytes;
};

/** TCP (RFC 9293) with 20 bytes of data; flags are the sum of tcpFlag. */
export function tcp(options: Ports & { readonly flags: number }): Payload {
  const bytes = portBytes(40, options);
  bytes[12] = 0x50;
  bytes[13] = options.flags;
  return { protocol: protocol.tcp, bytes };
}

/** UDP with `data` bytes of data. */
export function udp(options: Ports & { readonly data?: number }): Payload {
  const bytes = portBytes(8 + (options.data ?? 12), options);
  bytes.writeUInt16BE(bytes.length, 4);
  return { protocol: protocol.udp, bytes };
}

/** SCTP (RFC 9260); `chunk` is the type of the first chunk: 0 data, 1 INIT, 2 INIT ACK. */
export function sctp(options: Ports & { readonly chunk: number }): Payload {
  const bytes = portBytes(32, options);
  bytes[12] = options.chunk;
  bytes.writeUInt16BE(20, 14);
  return { protocol: protocol.sctp, bytes };
}

export interface IcmpOptions {
  readonly type: number;
  readonly code?: number;
  readonly id?: number;
  /** Behind the eight bytes of the header. */
  readonly data?: Uint8Array;
}

const icmpBytes = ({ type, code = 0, id = 0, data = new Uint8Array(16) }: IcmpOptions): Buffer => {
  const bytes = Buffer.alloc(8 + data.length);
  bytes[0] = type;
  bytes[1] = code;
  bytes.writeUInt16BE(id, 4);
  bytes.set(data, 8);
  return bytes;
};

export const icmp4 = (options: IcmpOptions): Payload => ({
  protocol: protocol.icmp,
  bytes: icmpBytes(options),
});
export const icmp6 = (options: IcmpOptions): Payload => ({
  protocol: protocol.icmp6,
  bytes: icmpBytes(options),
});

/** Neighbour discovery's message of this type about `target`; send it with a hop limit of 255. */
export const discovery = (type: number, target: Address): Payload =>
  icmp6({ type, data: addressBytes(target) });

/** What an ICMP error quotes: the IP header and the eight bytes behind it that every router gives (RFC 792), or more. */
export const quote = (datagram: Datagram, bytesOfPayload = 8): Buffer => {
  const header = datagram.ethertype === ethertype.ip4 ? ((datagram.bytes[0] ?? 0) & 15) * 4 : 40;
  return datagram.bytes.subarray(0, header + bytesOfPayload);
};

/** Any other protocol. */
export const other = (number: number, bytes: Uint8Array = new Uint8Array(16)): Payload => ({
  protocol: number,
  bytes: Buffer.from(bytes),
});
