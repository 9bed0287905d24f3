import type { weir } from '@weir/proto/bundle.js';
import type { Binding } from './image.ts';
import { invalid } from './invalid.ts';
import { endpointFlag, endpointLayout, endpointPlace, endpointProbes } from './layout.ts';
import { ownerOf } from './owner.ts';
import { keyText } from './words.ts';

/** The least that the kernel has; it moves the elements of a smaller table apart. */
const leastBits = 10;
const mostBits = 20;
const { size, offsets } = endpointLayout;

/** A governed interface with the first elements of its tables in rowidx. */
export interface PlacedEndpoint {
  readonly binding: Binding;
  /** Undefined: its interface is closed. */
  readonly endpoint: weir.bundle.v1.IEndpoint | undefined;
  readonly egress: number;
  readonly ingress: number;
}

/** The array endpoint, of 2^bits elements; never fewer bits than `least`. Throws when no size does. */
export function placeEndpoints(endpoints: readonly PlacedEndpoint[], least: number): Uint8Array {
  const sorted = [...endpoints].sort((a, b) => a.binding.ifindex - b.binding.ifindex);
  for (let bits = Math.max(leastBits, least); bits <= mostBits; bits++) {
    if (sorted.length * 2 > 2 ** bits) continue;
    const places = findPlaces(sorted, bits);
    if (places) return write(sorted, places, bits);
  }
  throw invalid(`${endpoints.length} endpoints have no places`, '');
}

/** Bits of the size of such an array. */
export const endpointBits = (array: Uint8Array): number => Math.log2(array.byteLength / size);

function findPlaces(endpoints: readonly PlacedEndpoint[], bits: number): readonly number[] | undefined {
  const taken = new Set<number>();
  const places: number[] = [];
  for (const { binding } of endpoints) {
    const first = endpointPlace(binding.ifindex, bits);
    let probe = 0;
    while (probe < endpointProbes && taken.has((first + probe) % 2 ** bits)) probe++;
    if (probe === endpointProbes) return undefined;
    const place = (first + probe) % 2 ** bits;
    taken.add(place);
    places.push(place);
  }
  return places;
}

function write(endpoints: readonly PlacedEndpoint[], places: readonly number[], bits: number): Uint8Array {
  const array = new Uint8Array(size * 2 ** bits);
  const view = new DataView(array.buffer);
  for (const [index, placed] of endpoints.entries()) writeEndpoint(view, (places[index] ?? 0) * size, placed);
  return array;
}

function writeEndpoint(view: DataView, start: number, placed: PlacedEndpoint): void {
  const { binding, endpoint, egress, ingress } = placed;
  view.setUint32(start + offsets.ifindex, binding.ifindex, true);
  view.setUint32(start + offsets.table, egress, true);
  view.setUint32(start + offsets.table + 4, ingress, true);
  view.setUint32(start + offsets.instance, binding.instance, true);
  view.setUint32(start + offsets.adopt_until, binding.adoptUntil, true);
  view.setUint32(start + offsets.owner, endpoint ? ownerOf(binding.uid) : 0, true);
  let flags = endpoint ? isolationOf(endpoint) : closedFlags;
  if (binding.observe) flags |= endpointFlag.observe;
  for (const address of endpoint?.addresses ?? []) {
    const bytes = new DataView(address.buffer, address.byteOffset, address.byteLength);
    if (address.length === 4) {
      flags |= endpointFlag.ip4;
      view.setUint32(start + offsets.ip4, bytes.getUint32(0), true);
    } else if (address.length === 16) {
      flags |= endpointFlag.ip6;
      view.setBigUint64(start + offsets.ip6_hi, bytes.getBigUint64(0), true);
      view.setBigUint64(start + offsets.ip6_lo, bytes.getBigUint64(8), true);
    } else throw invalid(`an endpoint has an address of ${address.length} bytes`, binding.uid);
  }
  view.setUint32(start + offsets.flags, flags, true);
}

const closedFlags = endpointFlag.closed | endpointFlag.ingressIsolated | endpointFlag.egressIsolated;

const isolationOf = ({ ingressTable, egressTable }: weir.bundle.v1.IEndpoint): number =>
  (keyText(ingressTable) === '' ? 0 : endpointFlag.ingressIsolated) |
  (keyText(egressTable) === '' ? 0 : endpointFlag.egressIsolated);
