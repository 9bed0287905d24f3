import { execFileSync } from 'node:child_process';
import { statfsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { BundleChange } from '@weir/node-agent/src/bundle.ts';
import { ImageBuilder } from '@weir/node-agent/src/image/image-builder.ts';
import { Datapath } from '@weir/node-agent/src/kernel/datapath.ts';
import { removeDatapath } from '@weir/node-agent/src/kernel/remove-datapath.ts';
import { Assembler } from '@weir/node-agent/src/sync/assemble.ts';
import type { Desired, Revision } from '@weir/node-agent/src/sync/desired.ts';
import { prepareChange } from '@weir/node-agent/src/sync/prepare-change.ts';
import { weir } from '@weir/proto/bundle.js';
import { addDigest, digestToBytes, emptyDigest, subtractDigest } from '@weir/proto/digest.ts';
import { encodeItem, type Item, type ItemKind, itemKind } from '@weir/proto/item.ts';
import { loopback } from '../kernel/test-run.ts';
import { bundleItems } from './bundle-items.ts';
import { benchPins } from './leftovers.ts';
import type { Result } from './result.ts';
import { benchEndpoint, benchKey, ports, randomPrefixes4, syntheticBundle } from './synthetic-bundle.ts';

const v1 = weir.bundle.v1;
const prefixCount = 50_000;
const changes = 15;
const blocksOfPolicy = 100;
const bpfMount = '/sys/fs/bpf';
const bpfFileSystem = 0xcafe4a11;
const objectFile = resolve(import.meta.dirname, '../../build/bpf/pod.bpf.o');
const bindings = [{ uid: benchEndpoint.uid, ifindex: loopback, instance: 1, adoptUntil: 0 }];

/** Milliseconds of the parts of one change. */
interface Parts {
  readonly total: number;
  readonly check: number;
  readonly image: number;
  readonly grace: number;
  readonly write: number;
  readonly readBack: number;
}

/** One policy more with 100 blocks, on a node with 50,000 prefixes: from the encoded delta to the commit. */
export async function measureApply(): Promise<readonly Result[]> {
  if (statfsSync(bpfMount).type !== bpfFileSystem) execFileSync('mount', ['-t', 'bpf', 'bpf', bpfMount]);
  const silent = () => undefined;
  const log = { error: silent, warn: silent, info: silent, debug: silent };
  const clock = { now: () => Date.now(), monotonic: () => performance.now() };
  const datapath = await Datapath.open({ objectFile, pinDir: benchPins, attachMode: 'auto', log, clock });
  try {
    const found = await applyChanges(datapath);
    const middle = (part: keyof Parts): number =>
      found.map((parts) => parts[part]).sort((a, b) => a - b)[Math.floor(found.length / 2)] ?? 0;
    const result = (name: string, part: keyof Parts): Result => ({
      name,
      value: middle(part),
      unit: 'ms',
      better: 'lower',
    });
    return [
      result('apply_ms_50k', 'total'),
      result('apply_check_ms_50k', 'check'),
      result('apply_image_ms_50k', 'image'),
      result('apply_grace_ms_50k', 'grace'),
      result('apply_write_ms_50k', 'write'),
      result('apply_read_back_ms_50k', 'readBack'),
    ];
  } finally {
    datapath.close();
    removeDatapath(benchPins);
  }
}

async function applyChanges(datapath: Datapath): Promise<readonly Parts[]> {
  const whole = new Assembler().accept(snapshot());
  if (whole?.kind !== 'snapshot') throw new Error('the snapshot is not whole');
  const desired = whole.bundle;
  const builder = new ImageBuilder();
  builder.update({ bundle: desired, whole: true, upserts: [], removes: [] }, bindings, []);
  // Twice: both halves hold the image then, as on a node that has been running.
  for (const revision of [0, 1]) await datapath.commit(builder.image, { revision, digest: desired.digest });
  const found: Parts[] = [];
  for (let change = 0; change < changes; change++)
    found.push(await applyOne(datapath, desired, builder, deltaOf(desired, change)));
  return found;
}

async function applyOne(
  datapath: Datapath,
  desired: Desired,
  builder: ImageBuilder,
  message: Uint8Array,
): Promise<Parts> {
  const start = performance.now();
  const incoming = new Assembler().accept(message);
  if (incoming?.kind !== 'delta') throw new Error('the delta is not whole');
  const revision = prepareChange(desired, incoming);
  desired.commit(revision);
  const checked = performance.now();
  builder.update(changeOf(desired, revision), bindings, []);
  const built = performance.now();
  const header = { revision: desired.revision, digest: desired.digest };
  const report = await datapath.commit(builder.image, header);
  return {
    total: performance.now() - start,
    check: checked - start,
    image: built - checked,
    grace: report.graceMs,
    write: report.writeMs,
    readBack: report.readBackMs,
  };
}

/** As the queue of sync/apply-queue.ts gives it. */
const changeOf = (bundle: Desired, { steps }: Revision): BundleChange => ({
  bundle,
  whole: false,
  upserts: steps.flatMap(({ next }) => (next ? [next.item] : [])),
  removes: steps
    .filter(({ next }) => !next)
    .map(({ kind, key }) => ({ kind, key: Buffer.from(key, 'latin1') })),
});

const bytesOf = (items: readonly Item[]): Uint8Array => Buffer.concat(items.map(({ field }) => field));

/** The whole bundle as the operator sends it. */
function snapshot(): Uint8Array {
  const items = bundleItems(syntheticBundle(randomPrefixes4(prefixCount)));
  const digest = digestToBytes(items.reduce((sum, item) => addDigest(sum, item.digest), emptyDigest));
  const whole = { revision: 1, digest, chunk: 0, last: true, items: bytesOf(items) };
  return v1.SyncResponse.encode({ snapshot: whole }).finish();
}

/** The policy in its version `change`: a selector of blocks, and the table that has an entry for it. */
function policyItems(desired: Desired, change: number): readonly Item[] {
  const endpoint = desired.endpoints.get(benchEndpoint.uid);
  const former = endpoint && desired.tables.get(Buffer.from(endpoint.egressTable).toString('latin1'));
  if (!endpoint || !former) throw new Error('the bundle has no endpoint');
  const selector = benchKey(`policy ${change}`);
  const key = benchKey(`egress with policy ${change}`);
  const blocks = Array.from({ length: blocksOfPolicy }, (_, block) => ({
    address: Uint8Array.of(172, 16 + change, block, 0),
    length: 24,
  }));
  const entry = {
    selector: ports.length + 1,
    protocol: 6,
    firstPort: 443,
    lastPort: 443,
    outcome: 1,
    tier: 1,
  };
  const table = v1.Table.create({
    ...former,
    key,
    selectors: [...former.selectors.slice(0, ports.length), selector],
    entries: [...former.entries.slice(0, ports.length * 2), entry],
  });
  return [
    encodeItem({ kind: itemKind.selector, message: { key: selector, blocks, text: 'blocks' } }),
    encodeItem({ kind: itemKind.table, message: table }),
    encodeItem({ kind: itemKind.endpoint, message: { ...endpoint, egressTable: key } }),
  ];
}

/** The delta by which the policy gets its next version, as the operator sends it. */
function deltaOf(desired: Desired, change: number): Uint8Array {
  const upserts = policyItems(desired, change);
  const endpoint = desired.endpoints.get(benchEndpoint.uid);
  const gone: { kind: ItemKind; key: Uint8Array }[] = [
    { kind: itemKind.table, key: endpoint?.egressTable ?? new Uint8Array() },
  ];
  if (change > 0) gone.push({ kind: itemKind.selector, key: benchKey(`policy ${change - 1}`) });
  let digest = desired.digest;
  const drop = (kind: ItemKind, key: Uint8Array) => {
    const former = desired.get(kind, Buffer.from(key).toString('latin1'));
    if (former) digest = subtractDigest(digest, encodeItem(former.item).digest);
  };
  for (const { kind, key } of [...upserts, ...gone]) drop(kind, key);
  for (const item of upserts) digest = addDigest(digest, item.digest);
  const delta = {
    fromRevision: desired.revision,
    fromDigest: digestToBytes(desired.digest),
    toRevision: desired.revision + 1,
    toDigest: digestToBytes(digest),
    chunk: 0,
    last: true,
    upserts: bytesOf(upserts),
    removes: gone,
  };
  return v1.SyncResponse.encode({ delta }).finish();
}
