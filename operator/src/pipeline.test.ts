import assert from 'node:assert/strict';
import { digestText } from '@weir/proto/digest.ts';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { buildBundles } from './bundle/build-bundles.ts';
import type { BundleChange } from './bundle/bundle-change.ts';
import type { NodeBundle } from './bundle/node-bundle.ts';
import type { ClusterEvent } from './model/event.ts';
import { defaultSettings, type Settings } from './model/settings.ts';
import { Pipeline } from './pipeline.ts';
import { arbitraryEvents, arbitrarySettings, maxEvents, objectOf } from './testing/arbitrary-events.ts';
import * as make from './testing/objects.ts';

const seed = Number(process.env.WEIR_SEED ?? Date.now() % 2 ** 31);
const numRuns = Number(process.env.WEIR_RUNS ?? 1000);

/** A bundle as comparable text, byte by byte. */
const shown = ({ digest, items }: NodeBundle): readonly string[] => [
  digestText(digest),
  ...[...items.values()].map((item) => `${item.id} ${Buffer.from(item.body).toString('hex')}`).sort(),
];

const shownAll = (bundles: ReadonlyMap<string, NodeBundle>): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries([...bundles].sort().map(([node, bundle]) => [node, shown(bundle)]));

function bundlesOf(pipeline: Pipeline): ReadonlyMap<string, NodeBundle> {
  const bundles = new Map<string, NodeBundle>();
  for (const node of pipeline.state.nodes.keys()) {
    const bundle = pipeline.bundle(node);
    assert.ok(bundle);
    bundles.set(node, bundle);
  }
  return bundles;
}

/** What somebody holds who follows the changes. */
class Follower {
  readonly #items = new Map<string, Map<string, string>>();
  readonly #digests = new Map<string, string>();

  follow({ node, upserts, removes, digest }: BundleChange): void {
    const items = this.#items.get(node) ?? new Map<string, string>();
    for (const item of removes) assert.ok(items.delete(item.id), `removed ${item.id} is there`);
    for (const item of upserts) items.set(item.id, Buffer.from(item.body).toString('hex'));
    this.#items.set(node, items);
    this.#digests.set(node, digestText(digest));
  }

  of(node: string): readonly string[] {
    const items = [...(this.#items.get(node) ?? [])].map(([id, body]) => `${id} ${body}`);
    return [this.#digests.get(node) ?? '', ...items.sort()];
  }
}

/** Applies the events in batches; after each batch a follower of the changes has what the pipeline has. */
function run(settings: Settings, events: readonly ClusterEvent[], batch: number): Pipeline {
  const pipeline = new Pipeline(settings);
  const follower = new Follower();
  for (let start = 0; start < events.length; start += batch) {
    for (const change of pipeline.apply(events.slice(start, start + batch))) follower.follow(change);
    for (const [node, bundle] of bundlesOf(pipeline)) assert.deepEqual(follower.of(node), shown(bundle));
  }
  return pipeline;
}

/** The events in the order of `ranks`, those of one object in their own order. */
function reordered(events: readonly ClusterEvent[], ranks: readonly number[]): readonly ClusterEvent[] {
  const queues = new Map<string, ClusterEvent[]>();
  for (const event of events) queues.set(objectOf(event), [...(queues.get(objectOf(event)) ?? []), event]);
  const slots = events.map((event, index) => ({ object: objectOf(event), rank: ranks[index] ?? 0 }));
  slots.sort((a, b) => a.rank - b.rank);
  return slots.flatMap(({ object }) => queues.get(object)?.shift() ?? []);
}

describe('pipeline', () => {
  it(`ends in the same bytes whatever the order of events (seed ${seed}, ${numRuns} runs)`, function () {
    this.timeout(300_000);
    const ranks = fc.array(fc.double({ noNaN: true }), {
      minLength: maxEvents,
      maxLength: maxEvents,
      size: 'max',
    });
    const batches = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: maxEvents }));
    const property = fc.property(
      arbitrarySettings,
      arbitraryEvents,
      ranks,
      batches,
      (settings, events, shuffle, [few, many]) => {
        const forwards = run(settings, events, few);
        const expected = shownAll(buildBundles(forwards.state));
        assert.deepEqual(shownAll(bundlesOf(forwards)), expected, 'forwards');
        const backwards = events.map((_, index) => -index);
        for (const [order, rank] of [['backwards', backwards] as const, ['shuffled', shuffle] as const]) {
          const other = run(settings, reordered(events, rank), many);
          assert.deepEqual(shownAll(bundlesOf(other)), expected, order);
        }
      },
    );
    fc.assert(property, { seed, numRuns });
  });

  it('gives no items of a bundle that has changed since', () => {
    const pipeline = new Pipeline(defaultSettings);
    const [first] = pipeline.apply([{ kind: 'upsert', object: make.node('n1', '192.168.0.1') }]);
    const unread = pipeline.bundle('n1');
    const read = pipeline.bundle('n1');
    assert.equal(read?.items.size, 3);
    pipeline.apply([{ kind: 'upsert', object: make.node('n2', '192.168.0.2') }]);
    assert.throws(() => first?.upserts, /bundle of node n1 has changed since/);
    assert.throws(() => unread?.items, /bundle of node n1 has changed since/);
    assert.equal(read?.items.size, 3);
    assert.equal(pipeline.bundle('n1')?.items.size, 4);
  });
});
