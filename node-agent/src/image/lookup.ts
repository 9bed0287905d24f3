import { endpointBits } from './endpoint-places.ts';
import type { Image } from './image.ts';
import {
  type Direction,
  direction,
  endpointLayout,
  endpointPlace,
  endpointProbes,
  nodeLarge,
  nodeLargeLayout,
  nodePlace,
  nodeSmallLayout,
  nodeWide,
  nodeWideLayout,
  outcomeFlag,
  portGroup,
  valueIndex,
  valueLocal,
  valueNode,
} from './layout.ts';
import { at } from './words.ts';

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
function findSlot(image: Image, query: Pick<Query, 'address' | 'direction' | 'foreign'>): number {
  const value = findValue(image, query.address);
  const isForeign = query.direction === direction.ingress && query.foreign === true;
  return (value & valueIndex) + ((value & valueLocal) !== 0 && isForeign ? 1 : 0);
}

/** The value of the search for an address: a slot, with VALUE_LOCAL for the node's own. */
export const findValue = (image: Image, address: Uint8Array): number =>
  address.length === 4
    ? search(image.root4, image.node4, address)
    : search(image.root6, image.node6, address);

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

function search(root: Uint8Array, nodes: Uint8Array, address: Uint8Array): number {
  const bytes = Uint8Array.of(...address, 0);
  let value = view(root).getUint32(view(address).getUint16(0) * 4, true);
  for (let byte = 2; value >= valueNode; ) {
    const node = view(nodes.subarray((value & nodePlace) * nodeSmallLayout.size));
    const skipped = node.getUint8(7);
    const isWide = (value & nodeWide) !== 0;
    const matches = Array.from({ length: skipped }, (_, index) => node.getUint8(skipped - 1 - index)).every(
      (expected, index) => expected === bytes[byte + index],
    );
    byte += skipped;
    if (isWide) {
      if (!matches) return node.getUint32(nodeWideLayout.offsets.miss, true);
      value = node.getUint32(nodeWideLayout.size + wideRank(node, at(bytes, byte++)) * 4, true);
    } else {
      const rank = matches ? marksReached(node, value, (at(bytes, byte) << 8) | at(bytes, byte + 1)) : 0;
      const layout = (value & nodeLarge) !== 0 ? nodeLargeLayout : nodeSmallLayout;
      value = node.getUint32(layout.offsets.values + rank * 4, true);
      byte += 2;
    }
  }
  return value;
}

/** How many of a small or large node's marks are not above `bits`. */
function marksReached(node: DataView, value: number, bits: number): number {
  let count = 0;
  for (let word = 0; word < ((value & nodeLarge) !== 0 ? 2 : 1); word++) {
    const marks = node.getBigUint64(nodeSmallLayout.offsets.marks + word * 8, true);
    for (let lane = 0n; lane < 3n; lane++)
      if (BigInt(bits) + ((marks >> (lane * 17n)) & 0x1_ffffn) >= 0x1_0000n) count++;
  }
  return count;
}

/** Which of a wide node's values is that of a byte. */
function wideRank(node: DataView, byte: number): number {
  const { changes, cnt } = nodeWideLayout.offsets;
  const part = byte >> 6;
  const bits = node.getBigUint64(changes + part * 8, true) << BigInt(63 - (byte & 63));
  return node.getUint8(cnt + part) + popcount(BigInt.asUintN(64, bits)) - 1;
}

function popcount(bits: bigint): number {
  let count = 0;
  for (let rest = bits; rest !== 0n; rest &= rest - 1n) count++;
  return count;
}

const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
