import assert from 'node:assert/strict';
import { weir } from '@weir/proto/bundle.js';
import { itemKind } from '@weir/proto/item.ts';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { buildImage } from './build-image.ts';
import { ImageBuilder } from './image-builder.ts';
import { type Direction, direction } from './layout.ts';
import { lookup, type Query } from './lookup.ts';
import { naiveLookup } from './testing/naive-lookup.ts';
import { key16, NodeState } from './testing/node-state.ts';

const { Entity, Verdict } = weir.bundle.v1;

type Generated<A> = A extends fc.Arbitrary<infer T> ? T : never;

const identities = ['host', 'remote', 'a', 'b', 'c'] as const;
const entityOf = (name: string) =>
  name === 'host' ? Entity.ENTITY_HOST : name === 'remote' ? Entity.ENTITY_REMOTE_NODE : Entity.ENTITY_POD;
const selectorCount = 6;
const tableCount = 3;

/** Few different bytes, so that prefixes meet. */
const byte = fc.constantFrom(0, 1, 10, 127, 128, 255);
const address = fc.oneof(
  fc.array(byte, { minLength: 4, maxLength: 4 }),
  fc.array(fc.constantFrom(0, 0, 0, 1, 128, 255), { minLength: 16, maxLength: 16 }),
);
const prefix = fc
  .tuple(address, fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([bytes, part]) => masked(bytes, Math.round(part * bytes.length * 8)));

function masked(bytes: readonly number[], length: number) {
  const masks = bytes.map((_, index) => (0xff00 >> Math.max(0, Math.min(8, length - index * 8))) & 255);
  return { address: Uint8Array.from(bytes, (value, index) => value & (masks[index] ?? 0)), length };
}

const block = fc
  .tuple(prefix, fc.array(fc.tuple(address, fc.double({ min: 0, max: 1, noNaN: true })), { maxLength: 2 }))
  .map(([outer, holes]) => {
    const size = outer.address.length;
    const excepts = holes
      .filter(([bytes]) => bytes.length === size)
      .map(([bytes, part]) => {
        const length = outer.length + Math.round(part * (size * 8 - outer.length));
        const inner = bytes.map((value, index) => {
          const keep = (0xff00 >> Math.max(0, Math.min(8, outer.length - index * 8))) & 255;
          return ((outer.address[index] ?? 0) & keep) | (value & ~keep & 255);
        });
        return masked(inner, length);
      });
    return { ...outer, excepts };
  });
const selector = fc.record({
  any: fc.nat(7).map((n) => n === 0),
  world: fc.nat(4).map((n) => n === 0),
  blocks: fc.array(block, { maxLength: 3 }),
  blocksMatchAll: fc.boolean(),
});
const entry = fc
  .record({
    selector: fc.nat(selectorCount),
    protocol: fc.constantFrom(0, 1, 6, 17, 58, 132, 47),
    ports: fc.tuple(fc.constantFrom(0, 8, 80, 443, 65_535), fc.constantFrom(0, 8, 80, 443, 65_535)),
    outcome: fc.nat(3),
    tier: fc.nat(2),
  })
  .map(({ ports, ...rest }) => ({ ...rest, firstPort: Math.min(...ports), lastPort: Math.max(...ports) }));
const entries = fc.array(entry, { maxLength: 6 }).map((list) => [...list].sort((a, b) => a.tier - b.tier));

const command = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ set: fc.constant('prefix'), prefix, identity: fc.nat(identities.length) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ set: fc.constant('selector'), index: fc.nat(selectorCount - 1), selector }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      set: fc.constant('member'),
      index: fc.nat(selectorCount - 1),
      identity: fc.nat(identities.length - 1),
      present: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ set: fc.constant('table'), index: fc.nat(tableCount - 1), entries }) },
  {
    weight: 1,
    arbitrary: fc.record({
      set: fc.constant('endpoint'),
      index: fc.nat(3),
      tables: fc.tuple(fc.nat(tableCount), fc.nat(tableCount)),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ set: fc.constant('local'), addresses: fc.array(address, { maxLength: 3 }) }),
  },
);
type Command = Generated<typeof command>;

const selectorKey = (index: number) => key16(`selector ${index}`);
const tableKey = (index: number) => (index < tableCount ? key16(`table ${index}`) : new Uint8Array());

function setTable(state: NodeState, index: number, list: Generated<typeof entries>): void {
  const verdicts = [
    Verdict.VERDICT_ALLOW,
    Verdict.VERDICT_DENY,
    Verdict.VERDICT_PASS,
    Verdict.VERDICT_DEFAULT_DENY,
  ];
  state.set({
    kind: itemKind.table,
    message: {
      key: tableKey(index),
      entries: list,
      defaultOutcome: 3,
      outcomes: verdicts.map((verdict, number) => ({ verdict, cookie: index * 10 + number + 1 })),
      selectors: Array.from({ length: selectorCount }, (_, number) => selectorKey(number)),
    },
  });
}

const setEndpoint = (state: NodeState, index: number, tables: readonly number[]): void =>
  state.set({
    kind: itemKind.endpoint,
    message: {
      uid: `uid-${index}`,
      addresses: [Uint8Array.of(10, 0, 0, index)],
      ingressTable: tableKey(tables[0] ?? 0),
      egressTable: tableKey(tables[1] ?? 0),
    },
  });

function firstState(): NodeState {
  const state = new NodeState();
  for (const name of identities)
    state.set({ kind: itemKind.identity, message: { key: key16(name), number: 7, entity: entityOf(name) } });
  for (let index = 0; index < selectorCount; index++)
    state.set({ kind: itemKind.selector, message: { key: selectorKey(index) } });
  for (let index = 0; index < tableCount; index++) setTable(state, index, []);
  for (let index = 0; index < 4; index++) {
    setEndpoint(state, index, [index, index]);
    state.bindings.push({ uid: `uid-${index}`, ifindex: index + 7, instance: index + 1, adoptUntil: 0 });
  }
  return state;
}

function run(state: NodeState, command: Command): void {
  if ('prefix' in command) {
    const name = identities[command.identity];
    const message = { ...command.prefix, identity: key16(name ?? '') };
    if (name) state.set({ kind: itemKind.prefix, message });
    else state.remove({ kind: itemKind.prefix, message });
  } else if ('selector' in command)
    state.set({ kind: itemKind.selector, message: { ...command.selector, key: selectorKey(command.index) } });
  else if ('present' in command) {
    const message = {
      selector: selectorKey(command.index),
      identity: key16(identities[command.identity] ?? ''),
    };
    if (command.present) state.set({ kind: itemKind.membership, message });
    else state.remove({ kind: itemKind.membership, message });
  } else if ('entries' in command) setTable(state, command.index, command.entries);
  else if ('tables' in command) setEndpoint(state, command.index, command.tables);
  else state.localAddresses = command.addresses.map((bytes) => Uint8Array.from(bytes));
}

const query = fc.record({
  ifindex: fc.integer({ min: 7, max: 11 }),
  direction: fc.constantFrom<Direction>(direction.egress, direction.ingress),
  address: address.map((bytes) => Uint8Array.from(bytes)),
  protocol: fc.constantFrom(1, 6, 17, 58, 132, 47, 50),
  port: fc.constantFrom(0, 1, 8, 80, 81, 443, 65_535),
  foreign: fc.boolean(),
});

/** Ports as the parser gives them. */
const plausible = (one: Query): Query => {
  if (one.protocol === 1 || one.protocol === 58) return { ...one, port: one.port & 255 };
  return [6, 17, 132].includes(one.protocol) ? one : { ...one, port: 0 };
};

describe('ImageBuilder', () => {
  it('judges every packet as the bundle says, built whole and change by change', () => {
    fc.assert(
      fc.property(
        fc.array(command, { minLength: 60, maxLength: 120, size: 'max' }),
        fc.array(fc.array(command, { minLength: 1, maxLength: 4 }), { maxLength: 8, size: 'max' }),
        fc.array(query, { minLength: 40, maxLength: 80 }),
        (first, batches, queries) => {
          const state = firstState();
          const builder = new ImageBuilder();
          for (const batch of [first, ...batches]) {
            for (const one of batch) run(state, one);
            const change = state.takeChange();
            builder.update(change, state.bindings, state.localAddresses);
            const whole = buildImage(change.bundle, state.bindings, state.localAddresses);
            for (const probe of queries.map(plausible)) {
              const expected = naiveLookup(change.bundle, state.bindings, state.localAddresses, probe);
              assert.deepEqual(lookup(whole, probe)?.outcome, expected, 'whole');
              assert.deepEqual(lookup(builder.image, probe)?.outcome, expected, 'incremental');
            }
          }
        },
      ),
      { numRuns: 200 },
    );
  }).timeout(60_000);
});
