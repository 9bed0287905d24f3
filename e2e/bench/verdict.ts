import type { Image } from '@weir/node-agent/src/image/image.ts';
import { ImageBuilder } from '@weir/node-agent/src/image/image-builder.ts';
import { endpointLayout } from '@weir/node-agent/src/image/layout.ts';
import { check } from '@weir/node-agent/src/kernel/kernel-error.ts';
import { libbpf } from '@weir/node-agent/src/kernel/libbpf.ts';
import { elementBytes } from '@weir/node-agent/src/kernel/size-class.ts';
import { loopback } from '../kernel/test-run.ts';
import { BenchObject, keyCount, loops } from './bench-object.ts';
import type { Result } from './result.ts';
import {
  addressInside,
  type BenchPrefix,
  benchEndpoint,
  ports,
  portsOfIdentity,
  randomNumbers,
  syntheticBundle,
} from './synthetic-bundle.ts';
import { leastTimes } from './timed-run.ts';

/** 0 is the wildcard and 2 the world in the rival's maps. */
const firstIdentity = 10;
/** The rival's verdicts, as verdict.bpf.c reads them. */
const rivalAllow = 1;
const rivalDeny = 2;
const rounds = 9;

/** The image of these prefixes under the bench's policy, with one endpoint behind the loopback device. */
export function benchImage(prefixes: readonly BenchPrefix[]): Image {
  const builder = new ImageBuilder();
  builder.update(
    { bundle: syntheticBundle(prefixes), whole: true, upserts: [], removes: [] },
    [{ uid: benchEndpoint.uid, ifindex: loopback, instance: 1, adoptUntil: 0 }],
    [],
  );
  return builder.image;
}

/** First word in rowidx of the only endpoint's egress table. */
function egressTable(image: Image): number {
  const { size, offsets } = endpointLayout;
  const view = new DataView(image.endpoint.buffer, image.endpoint.byteOffset);
  for (let at = 0; at < image.endpoint.length; at += size)
    if (view.getUint32(at + offsets.ifindex, true) !== 0) return view.getUint32(at + offsets.table, true);
  throw new Error('the image has no endpoint');
}

/** Peers out of the prefixes. */
function* randomPeers(prefixes: readonly BenchPrefix[]): Generator<Buffer> {
  const random = randomNumbers(123_456_789);
  for (let key = 0; key < keyCount; key++) {
    const prefix = prefixes[random() % prefixes.length];
    if (!prefix) throw new Error('no prefixes');
    yield Buffer.from(addressInside(prefix, random));
  }
}

/** With a port each: half of them ports that the policies name, half any, for which the rival asks its wildcard too. */
function keys4(prefixes: readonly BenchPrefix[]): BigUint64Array {
  const random = randomNumbers(362_436_069);
  const keys = [...randomPeers(prefixes)].map((address) => {
    const isNamed = random() % 2 === 0;
    const port = isNamed ? (ports[random() % ports.length] ?? 0) : random() % 65_536;
    return (BigInt(port) << 32n) | BigInt(address.readUInt32BE(0));
  });
  return BigUint64Array.from(keys);
}

const keys6 = (prefixes: readonly BenchPrefix[]): BigUint64Array =>
  BigUint64Array.from(
    [...randomPeers(prefixes)].flatMap((address) => [address.readBigUInt64BE(0), address.readBigUInt64BE(8)]),
  );

function fillRival(bench: BenchObject, prefixes: readonly BenchPrefix[]): void {
  const addresses = bench.map('rival_ipcache');
  const key = Buffer.alloc(8);
  const value = Buffer.alloc(4);
  for (const { address, length, identity } of prefixes) {
    key.writeUInt32LE(length, 0);
    key.set(address, 4);
    value.writeUInt32LE(identity + firstIdentity);
    check('fill the rival', libbpf.updateElement(addresses, key, value, 0));
  }
  const policies = bench.map('rival_policy');
  const policy = Buffer.alloc(12);
  const verdict = Buffer.alloc(8);
  for (const identity of new Set(prefixes.map((prefix) => prefix.identity))) {
    const allowed = portsOfIdentity(identity);
    for (const [index, port] of ports.entries()) {
      policy.writeUInt32LE(64, 0);
      policy.writeUInt32LE(identity + firstIdentity, 4);
      policy.writeUInt8(1, 8);
      policy.writeUInt8(6, 9);
      policy.writeUInt16BE(port, 10);
      verdict[0] = allowed.has(index) ? rivalAllow : rivalDeny;
      check('fill the rival', libbpf.updateElement(policies, policy, verdict, 0));
    }
  }
}

function fillLpm6(bench: BenchObject, prefixes: readonly BenchPrefix[]): void {
  const map = bench.map('bench_lpm6');
  const key = Buffer.alloc(20);
  const value = Buffer.alloc(4);
  for (const { address, length, identity } of prefixes) {
    key.writeUInt32LE(length, 0);
    key.set(address, 4);
    value.writeUInt32LE(identity + firstIdentity);
    check('fill the LPM trie', libbpf.updateElement(map, key, value, 0));
  }
}

export interface Comparison {
  readonly product: number;
  readonly rival: number;
  readonly ratio: number;
  /** Bytes of the search arrays, both halves, as the kernel has them. */
  readonly searchBytes: number;
}

/** Nanoseconds a verdict of IPv4, over the empty loop. Throws where the two disagree on a key. */
export function compareVerdicts(prefixes: readonly BenchPrefix[]): Comparison {
  const image = benchImage(prefixes);
  const bench = new BenchObject(image, egressTable(image));
  try {
    bench.writeKeys(4, keys4(prefixes));
    fillRival(bench, prefixes);
    leastTimes({ compare: bench.program('compare_verdicts') }, 1);
    if (bench.differences > 0) throw new Error(`product and rival disagree on ${bench.differences} keys`);
    return compare(bench, { product: 'product_verdict', rival: 'rival_verdict4' }, 4);
  } finally {
    bench.close();
  }
}

/** Nanoseconds a search of IPv6, over the empty loop. */
export function compareSearches6(prefixes: readonly BenchPrefix[]): Comparison {
  const image = benchImage(prefixes);
  const bench = new BenchObject(image, egressTable(image));
  try {
    bench.writeKeys(6, keys6(prefixes));
    fillLpm6(bench, prefixes);
    return compare(bench, { product: 'product_search6', rival: 'rival_search6' }, 6);
  } finally {
    bench.close();
  }
}

function compare(
  bench: BenchObject,
  names: { readonly product: string; readonly rival: string },
  family: 4 | 6,
): Comparison {
  const times = leastTimes(
    {
      empty: bench.program(`empty_loop${family}`),
      product: bench.program(names.product),
      rival: bench.program(names.rival),
    },
    rounds,
  );
  const product = (times.product - times.empty) / loops;
  const rival = (times.rival - times.empty) / loops;
  const arrays = family === 4 ? (['root4', 'node4'] as const) : (['root6', 'node6'] as const);
  const searchBytes = arrays.reduce((sum, name) => sum + bench.halves[name] * 2 * elementBytes(name), 0);
  return { product, rival, ratio: rival / product, searchBytes };
}

/** The lines of the table for one comparison. */
export const comparisonResults = (name: string, label: string, found: Comparison): readonly Result[] => [
  { name: `${name}_ns_${label}`, value: found.product, unit: 'ns', better: 'lower' },
  { name: `${name}_rival_ns_${label}`, value: found.rival, unit: 'ns', better: 'higher' },
  { name: `${name}_ratio_${label}`, value: found.ratio, unit: '×', better: 'higher' },
];
