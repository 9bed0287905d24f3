import { endpointBits } from './endpoint-places.ts';
import type { Image } from './image.ts';
import {
  type Direction,
  direction,
  endpointLayout,
  endpointPlace,
  endpointProbes,
  node4Layout,
  node6Layout,
  outcomeFlag,
  portGroup,
  valueIndex,
  valueLocal,
  valueNode,
} from './layout.ts';

/** A packet as the programs see it. */
export interface Query {
  /** Of the endpoint. */
  readonly ifindex: number;
  /** 0 egress, 1 ingress, seen from the endpoint. */
  readonly direction: Direction;
  /** Of the peer: 4 or 16 bytes, network order. */
  readonly address: Uint8Array;
  /** IP protocol number. */
  readonly protocol: number;
  /** Destination port; ICMP: type; 0 for other protocols. */
  readonly port: number;
  /** Ingress: the packet came in from an interface, so the node's own processes did not send it. */
  readonly foreign?: boolean;
}

export interface LookupResult {
  readonly slot: number;
  readonly outcome: {
    readonly allow: boolean;
    /** No rule says so, isolation does. */
    readonly isDefault: boolean;
    readonly cookie: number;
  };
}

/** Reads an image as the programs do. Undefined: the interface is not governed, its packets pass. */
export function lookup(image: Image, query: Query): LookupResult | undefined {
  const table = findTable(image, query.ifindex, query.direction);
  if (table === undefined) return undefined;
  const slot = findSlot(image, query);
  const peerClass = view(image.class).getUint16(slot * 2, true);
  const group = portGroup(query.protocol);
  const port = group === 3 ? (query.protocol << 8) | (query.port & 255) : query.port;
  const portClass = view(image.portcls).getUint16(((group << 16) | port) * 2, true);
  const row = view(image.rowidx).getUint32((table + peerClass) * 4, true);
  const number = view(image.row).getUint16((row + portClass) * 2, true);
  const flags = view(image.outcome).getUint32(number * 8, true);
  return {
    slot,
    outcome: {
      allow: (flags & outcomeFlag.allow) !== 0,
      isDefault: (flags & outcomeFlag.default) !== 0,
      cookie: view(image.outcome).getUint32(number * 8 + 4, true),
    },
  };
}

/** The slot of a peer's address. */
export function findSlot(image: Image, query: Pick<Query, 'address' | 'direction' | 'foreign'>): number {
  const value = findValue(image, query.address);
  const isForeign = query.direction === direction.ingress && query.foreign === true;
  return (value & valueIndex) + ((value & valueLocal) !== 0 && isForeign ? 1 : 0);
}

/** The value of the search for an address: a slot, with VALUE_LOCAL for the node's own. */
export const findValue = (image: Image, address: Uint8Array): number =>
  address.length === 4 ? find4(image, address) : find6(image, address);

function findTable(image: Image, ifindex: number, way: Direction): number | undefined {
  const endpoints = view(image.endpoint);
  const bits = endpointBits(image.endpoint);
  const { size, offsets } = endpointLayout;
  for (let probe = 0; probe < endpointProbes; probe++) {
    const start = ((endpointPlace(ifindex, bits) + probe) % 2 ** bits) * size;
    if (endpoints.getUint32(start + offsets.ifindex, true) === ifindex)
      return endpoints.getUint32(start + offsets.table + way * 4, true);
  }
  return undefined;
}

function find4(image: Image, address: Uint8Array): number {
  const nodes = view(image.node4);
  const values = view(image.value4);
  const bytes = view(address);
  let value = view(image.root4).getUint32(bytes.getUint16(0) * 4, true);
  for (let byte = 2; byte < 4 && value >= valueNode; byte++)
    value = step(nodes, (value & valueIndex) * node4Layout.size, values, bytes.getUint8(byte));
  return value;
}

function find6(image: Image, address: Uint8Array): number {
  const nodes = view(image.node6);
  const values = view(image.value6);
  const bytes = view(address);
  const { size, offsets } = node6Layout;
  let value = view(image.root6).getUint32(bytes.getUint16(0) * 4, true);
  for (let byte = 2; byte < 16 && value >= valueNode; byte++) {
    const node = (value & valueIndex) * size;
    let key = 0n;
    for (let skip = nodes.getUint32(node + offsets.skip, true); skip > 0; skip--)
      key = (key << 8n) | BigInt(bytes.getUint8(byte++));
    if (key !== nodes.getBigUint64(node + offsets.key, true))
      return nodes.getUint32(node + offsets.miss, true);
    value = step(nodes, node, values, bytes.getUint8(byte));
  }
  return value;
}

/** The value of one byte in a node; the fields are at the same offsets in both families. */
function step(nodes: DataView, node: number, values: DataView, byte: number): number {
  const { changes, base, cnt } = node4Layout.offsets;
  const part = byte >> 6;
  const bits = nodes.getBigUint64(node + changes + part * 8, true) << BigInt(63 - (byte & 63));
  const rank = nodes.getUint8(node + cnt + part) + popcount(BigInt.asUintN(64, bits)) - 1;
  return values.getUint32((nodes.getUint32(node + base, true) + rank) * 4, true);
}

function popcount(bits: bigint): number {
  let count = 0;
  for (let rest = bits; rest !== 0n; rest &= rest - 1n) count++;
  return count;
}

const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
