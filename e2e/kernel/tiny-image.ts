import type { Image } from '@weir/node-agent/src/image/image.ts';
import {
  arrayLayouts,
  endpointFlag,
  endpointLayout,
  endpointPlace,
  outcomeFlag,
} from '@weir/node-agent/src/image/layout.ts';
import { smallestHalves } from '@weir/node-agent/src/kernel/size-class.ts';

/** Peers are told apart by the first 16 bits of their address. */
export interface Peer {
  /** Slot in the image; 0 is the world. */
  readonly slot: number;
  readonly ip4?: number;
  readonly ip6?: number;
  /** An address of the node itself: the slot after it is for what the node only forwards. */
  readonly local?: boolean;
}

export interface Rule {
  readonly peer: number;
  /** Index of the array portcls; every port where it is left out. */
  readonly port?: number;
  readonly cookie: number;
}

export interface TinyPolicy {
  readonly ifindex: number;
  readonly instance: number;
  readonly adoptUntil?: number;
  /** Nothing is dropped. */
  readonly observe?: boolean;
  /** Its pod has gone. */
  readonly closed?: boolean;
  readonly ip4?: number;
  readonly ip6?: readonly [hi: bigint, lo: bigint];
  readonly peers: readonly Peer[];
  /** undefined: not isolated. */
  readonly egress?: readonly Rule[] | undefined;
  readonly ingress?: readonly Rule[] | undefined;
}

const slots = 64;
const defaultDeny = 1;
const root4Elements = arrayLayouts.root4.fixedLength ?? 0;
const portElements = arrayLayouts.portcls.fixedLength ?? 0;

/** The words of one endpoint's image, written by hand: no tries, every slot a class of its own. */
export function tinyImage(policy: TinyPolicy): Image {
  const rules = [...(policy.egress ?? []), ...(policy.ingress ?? [])];
  const ports = [...new Set(rules.flatMap(({ port }) => (port === undefined ? [] : [port])))];
  const portClasses = new Uint16Array(portElements);
  ports.forEach((port, index) => {
    portClasses[port] = index + 1;
  });
  const outcomes = [0n, BigInt(outcomeFlag.default)];
  const rowidx = new Uint32Array(slots * 2);
  const row: number[] = [];
  [policy.egress, policy.ingress].forEach((list, direction) => {
    for (let slot = 0; slot < slots; slot++) {
      rowidx[direction * slots + slot] = row.length;
      for (const port of [undefined, ...ports]) {
        const rule = list?.find(
          (each) => each.peer === slot && (each.port === undefined || each.port === port),
        );
        row.push(
          rule ? outcomes.push((BigInt(rule.cookie) << 32n) | BigInt(outcomeFlag.allow)) - 1 : defaultDeny,
        );
      }
    }
  });
  return {
    ...searches(policy.peers),
    endpoint: endpoints(policy),
    class: bytes(Uint16Array.from({ length: slots }, (_, slot) => slot)),
    portcls: bytes(portClasses),
    rowidx: bytes(rowidx),
    row: bytes(Uint16Array.from({ length: Math.ceil(row.length / 4) * 4 }, (_, index) => row[index] ?? 0)),
    outcome: bytes(BigUint64Array.from(outcomes)),
  };
}

const bytes = (words: Uint16Array | Uint32Array | BigUint64Array): Uint8Array =>
  new Uint8Array(words.buffer, words.byteOffset, words.byteLength);

function searches(peers: readonly Peer[]): Pick<Image, 'root4' | 'node4' | 'root6' | 'node6'> {
  const root4 = new Uint32Array(root4Elements);
  const root6 = new Uint32Array(root4Elements);
  for (const { slot, ip4, ip6, local } of peers) {
    const value = (local ? 0x4000_0000 : 0) | slot;
    if (ip4 !== undefined) root4[ip4] = value;
    if (ip6 !== undefined) root6[ip6] = value;
  }
  const none = new Uint8Array();
  return { root4: bytes(root4), node4: none, root6: bytes(root6), node6: none };
}

function endpoints(policy: TinyPolicy): Uint8Array {
  const places = new Uint8Array(smallestHalves.endpoint * endpointLayout.size);
  const at = endpointPlace(policy.ifindex, Math.log2(smallestHalves.endpoint)) * endpointLayout.size;
  const view = new DataView(places.buffer, at);
  const { offsets } = endpointLayout;
  const flags =
    (policy.ingress ? endpointFlag.ingressIsolated : 0) |
    (policy.egress ? endpointFlag.egressIsolated : 0) |
    (policy.observe ? endpointFlag.observe : 0) |
    (policy.closed ? endpointFlag.closed : 0) |
    (policy.ip4 === undefined ? 0 : endpointFlag.ip4) |
    (policy.ip6 === undefined ? 0 : endpointFlag.ip6);
  view.setUint32(offsets.ifindex, policy.ifindex, true);
  view.setUint32(offsets.flags, flags, true);
  view.setUint32(offsets.table + 4, slots, true);
  view.setUint32(offsets.instance, policy.instance, true);
  view.setUint32(offsets.adopt_until, policy.adoptUntil ?? 0, true);
  view.setUint32(offsets.ip4, policy.ip4 ?? 0, true);
  view.setBigUint64(offsets.ip6_hi, policy.ip6?.[0] ?? 0n, true);
  view.setBigUint64(offsets.ip6_lo, policy.ip6?.[1] ?? 0n, true);
  return places;
}
