import { createHash } from 'node:crypto';
import type { Bundle } from '@weir/node-agent/src/bundle.ts';
import { weir } from '@weir/proto/bundle.js';
import { emptyDigest } from '@weir/proto/digest.ts';

const v1 = weir.bundle.v1;

/** Identities of the benches; rows tell most of them apart. */
const identityCount = 4000;
/** Ports that the policies name. */
export const ports: readonly number[] = Array.from({ length: 16 }, (_, index) => 80 + index);
const portsPerIdentity = 4;

export interface BenchPrefix {
  /** 4 or 16 bytes. */
  readonly address: Uint8Array;
  readonly length: number;
  /** 0 to identityCount - 1. */
  readonly identity: number;
}

/** Numbers from 0 to 2^32 - 1; the same seed gives the same numbers (xorshift). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state;
  };
}

const bytes4 = (number: number): Uint8Array =>
  Uint8Array.of(number >>> 24, (number >>> 16) & 255, (number >>> 8) & 255, number & 255);

/** IPv4 prefixes of 16 to 32 bits, all different. */
export function randomPrefixes4(count: number): readonly BenchPrefix[] {
  const random = randomNumbers(88_172_645);
  const seen = new Set<number>();
  const prefixes: BenchPrefix[] = [];
  while (prefixes.length < count) {
    const length = 16 + (random() % 17);
    const address = (random() & (0xffff_ffff << (32 - length))) >>> 0;
    const key = address * 64 + length;
    if (seen.has(key)) continue;
    seen.add(key);
    prefixes.push({ address: bytes4(address), length, identity: prefixes.length % identityCount });
  }
  return prefixes;
}

/** Pods, 200 in each /24 of 10.0.0.0/8. */
export const podPrefixes4 = (count: number): readonly BenchPrefix[] =>
  Array.from({ length: count }, (_, pod) => ({
    address: bytes4((10 << 24) | (Math.floor(pod / 200) << 8) | ((pod % 200) + 1)),
    length: 32,
    identity: pod % identityCount,
  }));

/** IPv6 prefixes of 20 to 64 bits under 2000::/3, all different. */
export function randomPrefixes6(count: number): readonly BenchPrefix[] {
  const random = randomNumbers(2_463_534_242);
  const seen = new Set<string>();
  const prefixes: BenchPrefix[] = [];
  while (prefixes.length < count) {
    const length = 20 + (random() % 45);
    const address = new Uint8Array(16);
    const view = new DataView(address.buffer);
    view.setUint32(0, (random() >>> 3) | 0x2000_0000);
    view.setUint32(4, random());
    clearAfter(address, length);
    const key = `${Buffer.from(address).toString('latin1')}${length}`;
    if (seen.has(key)) continue;
    seen.add(key);
    prefixes.push({ address, length, identity: prefixes.length % identityCount });
  }
  return prefixes;
}

/** Pods /128, 200 in each /64 of fd00:10::/32. */
export const podPrefixes6 = (count: number): readonly BenchPrefix[] =>
  Array.from({ length: count }, (_, pod) => {
    const address = new Uint8Array(16);
    const view = new DataView(address.buffer);
    view.setUint32(0, 0xfd00_0010);
    view.setUint32(4, Math.floor(pod / 200));
    view.setUint32(12, (pod % 200) + 1);
    return { address, length: 128, identity: pod % identityCount };
  });

function clearAfter(address: Uint8Array, length: number): void {
  for (let byte = length >> 3; byte < address.length; byte++) {
    const kept = Math.max(0, length - byte * 8);
    address[byte] = (address[byte] ?? 0) & (0xff00 >> Math.min(8, kept)) & 255;
  }
}

/** An address inside a prefix, the rest at random. */
export function addressInside(prefix: BenchPrefix, random: () => number): Uint8Array {
  const address = Uint8Array.from(prefix.address);
  for (let byte = prefix.length >> 3; byte < address.length; byte++) {
    const kept = Math.max(0, prefix.length - byte * 8);
    const free = 255 >> Math.min(8, kept);
    address[byte] = ((address[byte] ?? 0) & ~free) | (random() & free);
  }
  return address;
}

/** Which of `ports` an identity is allowed at. */
export function portsOfIdentity(identity: number): ReadonlySet<number> {
  const random = randomNumbers((identity + 1) * 2_654_435_761);
  const chosen = new Set<number>();
  while (chosen.size < portsPerIdentity) chosen.add(random() % ports.length);
  return chosen;
}

/** 16 bytes for a name. */
export const benchKey = (name: string): Uint8Array =>
  new Uint8Array(createHash('sha256').update(name).digest().subarray(0, 16));

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

const benchIdentityKey = (identity: number): Uint8Array => benchKey(`identity ${identity}`);
const benchTableKeys = { egress: benchKey('egress'), ingress: benchKey('ingress') } as const;
const selectorKey = (port: number): Uint8Array => benchKey(`selector ${port}`);

/** An endpoint that is isolated both ways, and the table of both of its directions. */
export const benchEndpoint = { uid: 'bench', ip4: Uint8Array.of(10, 255, 0, 1) } as const;

const atPort = (port: number) => ({ protocol: 6, firstPort: port, lastPort: port, tier: 1 });

/** For each port, its selector's members (the identities that are allowed at it) pass and all others are denied. */
function benchTable(direction: keyof typeof benchTableKeys): InstanceType<typeof v1.Table> {
  return v1.Table.create({
    key: benchTableKeys[direction],
    direction: direction === 'egress' ? v1.Direction.DIRECTION_EGRESS : v1.Direction.DIRECTION_INGRESS,
    selectors: ports.map(selectorKey),
    entries: [
      ...ports.map((port, index) => ({ ...atPort(port), selector: index + 1, outcome: 1 })),
      ...ports.map((port) => ({ ...atPort(port), selector: 0, outcome: 2 })),
    ],
    defaultOutcome: 0,
    outcomes: [
      { cookie: 1, verdict: v1.Verdict.VERDICT_DEFAULT_DENY, origins: [] },
      { cookie: 2, verdict: v1.Verdict.VERDICT_ALLOW, origins: [] },
      { cookie: 3, verdict: v1.Verdict.VERDICT_DENY, origins: [] },
    ],
  });
}

/** A node with these prefixes, one endpoint, and a policy that says of each (identity, port) what becomes of it. */
export function syntheticBundle(prefixes: readonly BenchPrefix[]): Bundle {
  const identities = Array.from({ length: identityCount }, (_, identity) => identity);
  const keys = identities.map(benchIdentityKey);
  const keyOf = (identity: number): Uint8Array => keys[identity] ?? new Uint8Array();
  return {
    revision: 1,
    digest: emptyDigest,
    endpoints: new Map([
      [
        benchEndpoint.uid,
        v1.Endpoint.create({
          uid: benchEndpoint.uid,
          namespace: 'bench',
          name: 'bench',
          identity: keyOf(0),
          addresses: [benchEndpoint.ip4],
          egressTable: benchTableKeys.egress,
          ingressTable: benchTableKeys.ingress,
        }),
      ],
    ]),
    identities: new Map(
      keys.map((key, identity) => [
        text(key),
        v1.Identity.create({
          key,
          number: identity + 1,
          entity: v1.Entity.ENTITY_POD,
          labels: [`bench/identity=${identity}`],
        }),
      ]),
    ),
    prefixes: new Map(
      prefixes.map(({ address, length, identity }) => [
        text(address) + String.fromCharCode(length),
        v1.Prefix.create({ address, length, identity: keyOf(identity) }),
      ]),
    ),
    selectors: new Map(
      ports.map((port) => [
        text(selectorKey(port)),
        v1.Selector.create({ key: selectorKey(port), text: `port ${port}` }),
      ]),
    ),
    observe: false,
    memberships: new Map(
      identities.flatMap((identity) =>
        [...portsOfIdentity(identity)].map((index) => {
          const selector = selectorKey(ports[index] ?? 0);
          const message = v1.Membership.create({ selector, identity: keyOf(identity) });
          return [text(selector) + text(keyOf(identity)), message] as const;
        }),
      ),
    ),
    services: new Map(),
    tables: new Map([
      [text(benchTableKeys.egress), benchTable('egress')],
      [text(benchTableKeys.ingress), benchTable('ingress')],
    ]),
  };
}
