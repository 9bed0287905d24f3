import assert from 'node:assert/strict';
import { weir } from '@weir/proto/bundle.js';
import { type ItemMessage, itemKind } from '@weir/proto/item.ts';
import { describe, it } from 'mocha';
import { AgentError } from '../errors.ts';
import { arrayNames, type Image } from './image.ts';
import { ImageBuilder } from './image-builder.ts';
import { direction } from './layout.ts';
import { lookup } from './lookup.ts';
import { key16, NodeState } from './testing/node-state.ts';

const { Entity, Verdict } = weir.bundle.v1;

const outcomes = [
  { verdict: Verdict.VERDICT_DEFAULT_DENY, cookie: 1 },
  { verdict: Verdict.VERDICT_ALLOW, cookie: 2 },
];
const tableOf = (
  key: string,
  entries: weir.bundle.v1.IEntry[],
  selectors: Uint8Array[] = [],
): ItemMessage => ({
  kind: itemKind.table,
  message: { key: key16(key), entries, selectors, outcomes, defaultOutcome: 0 },
});
const onePort = (protocol: number, port: number) => ({
  protocol,
  firstPort: port,
  lastPort: port,
  outcome: 1,
});

/** One endpoint that may be reached at port 80. */
function smallState(): NodeState {
  const state = new NodeState();
  state.set(tableOf('small', [onePort(6, 80)]));
  state.set({ kind: itemKind.endpoint, message: { uid: 'pod', ingressTable: key16('small') } });
  state.bindings.push({ uid: 'pod', ifindex: 7, instance: 1, adoptUntil: 0 });
  return state;
}

const update = (builder: ImageBuilder, state: NodeState): void =>
  builder.update(state.takeChange(), state.bindings, state.localAddresses);

const isAllowed = (image: Image, port: number): boolean | undefined =>
  lookup(image, {
    ifindex: 7,
    direction: direction.ingress,
    address: Uint8Array.of(192, 0, 2, 1),
    protocol: 6,
    port,
  })?.outcome.allow;

const copyOf = (image: Image): readonly Buffer[] => arrayNames.map((name) => Buffer.from(image[name]));

/** The change is refused with numbers, the image stays, and the change that takes it back is carried out. */
function expectRefusal(
  code: string,
  pattern: RegExp,
  add: (state: NodeState) => void,
  drop: (state: NodeState) => void,
) {
  const state = smallState();
  const builder = new ImageBuilder();
  update(builder, state);
  const former = copyOf(builder.image);
  add(state);
  assert.throws(
    () => update(builder, state),
    (error) => error instanceof AgentError && error.code === code && pattern.test(error.message),
  );
  assert.deepEqual(copyOf(builder.image), former);
  drop(state);
  state.set(tableOf('small', [onePort(6, 81)]));
  update(builder, state);
  assert.deepEqual([isAllowed(builder.image, 80), isAllowed(builder.image, 81)], [false, true]);
}

describe('an image over its limits', () => {
  it('is refused for its port classes', () => {
    const entries = Array.from({ length: 66_000 }, (_, port) =>
      port < 60_000 ? onePort(6, port) : onePort(17, port - 60_000),
    );
    const table = tableOf('large', entries);
    expectRefusal(
      'over-limit',
      /6600[01] port classes, at most 65536/,
      (state) => state.set(table),
      (state) => state.remove(table),
    );
  }).timeout(60_000);

  it('is refused for the product of tables and classes', () => {
    const count = 3500;
    const selectors = Array.from({ length: 12 }, (_, index) => key16(`selector ${index}`));
    const tables = Array.from({ length: count }, (_, index) => tableOf(`large ${index}`, [], selectors));
    const add = (state: NodeState) => {
      for (const [index, key] of selectors.entries()) {
        // Each selector has the blocks whose number has its bit, so that all of them are told apart.
        const blocks = Array.from({ length: 4096 }, (_, block) => block)
          .filter((block) => (block >> index) & 1)
          .map((block) => ({ address: Uint8Array.of(20, block >> 8, block & 255, 0), length: 24 }));
        state.set({ kind: itemKind.selector, message: { key, blocks } });
      }
      for (const table of tables) state.set(table);
    };
    const drop = (state: NodeState) => {
      for (const table of tables) state.remove(table);
    };
    expectRefusal('over-limit', /tables × classes \(3502 × \d+\)/, add, drop);
  }).timeout(60_000);
});

describe('a bundle that has no image', () => {
  const refused = (pattern: RegExp, add: (state: NodeState) => void) =>
    expectRefusal('image-invalid', pattern, add, (state) => {
      state.remove(tableOf('bad', []));
      state.remove({ kind: itemKind.membership, message: { selector: key16('s'), identity: key16('gone') } });
      state.remove({
        kind: itemKind.prefix,
        message: { address: Uint8Array.of(10, 0, 0, 0), length: 8, identity: key16('gone') },
      });
      state.set({ kind: itemKind.endpoint, message: { uid: 'pod', ingressTable: key16('small') } });
    });

  it('names a selector that is not there', () =>
    refused(/selector that is not in the bundle/, (state) => state.set(tableOf('bad', [], [key16('gone')]))));

  it('names an outcome that is not there', () =>
    refused(/no outcome 7/, (state) => state.set(tableOf('bad', [{ ...onePort(6, 1), outcome: 7 }]))));

  it('names an identity that is not there', () =>
    refused(/prefix names an identity/, (state) =>
      state.set({
        kind: itemKind.prefix,
        message: { address: Uint8Array.of(10, 0, 0, 0), length: 8, identity: key16('gone') },
      }),
    ));

  it('names a table that is not there', () =>
    refused(/endpoint names a table/, (state) =>
      state.set({ kind: itemKind.endpoint, message: { uid: 'pod', ingressTable: key16('gone') } }),
    ));

  it('drops an identity that a prefix still names', () => {
    const state = smallState();
    const identity = {
      kind: itemKind.identity,
      message: { key: key16('a'), number: 1, entity: Entity.ENTITY_POD },
    } as const;
    state.set(identity);
    state.set({
      kind: itemKind.prefix,
      message: { address: Uint8Array.of(10, 0, 0, 0), length: 8, identity: key16('a') },
    });
    const builder = new ImageBuilder();
    update(builder, state);
    state.remove(identity);
    assert.throws(() => update(builder, state), /prefix names an identity that is not in the bundle/);
  });
});
