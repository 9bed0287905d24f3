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

const { Direction: TableDirections, Entity, Verdict } = weir.bundle.v1;

type Generated<A> = A extends fc.Arbitrary<infer T> ? T : never;

const entities = {
  host: Entity.ENTITY_HOST,
  remote: Entity.ENTITY_REMOTE_NODE,
  api: Entity.ENTITY_KUBE_APISERVER,
  ingress: Entity.ENTITY_INGRESS,
  a: Entity.ENTITY_POD,
  b: Entity.ENTITY_POD,
  c: Entity.ENTITY_POD,
} as const;
const identities = Object.keys(entities) as (keyof typeof entities)[];
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
  blocksMatchPods: fc.boolean(),
  blocksMatchNodes: fc.boolean(),
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

const serviceKey = fc.constantFrom('a/one', 'a/two', 'b/one');
const pod = fc.nat(3).map((last) => [10, 0, 0, last]);
const serviceAddress = fc.nat(1).map((last) => [10, 96, 0, last]);
const bytesOf = (of: fc.Arbitrary<number[]>) => of.map((bytes) => Uint8Array.from(bytes));
const someBackends = fc.array(
  fc.record({ address: bytesOf(fc.oneof(address, pod, pod)), port: fc.constantFrom(8, 80, 443) }),
  { maxLength: 3 },
);
const service = fc.record({
  addresses: fc.array(bytesOf(fc.oneof(address, serviceAddress, serviceAddress)), { maxLength: 2 }),
  ports: fc.array(
    fc.record({
      protocol: fc.constantFrom(6, 17),
      port: fc.constantFrom(80, 81, 443),
      nodePort: fc.constantFrom(0, 0, 80, 443),
      backends: someBackends,
    }),
    { maxLength: 2 },
  ),
});

const command = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      set: fc.constant('prefix' as const),
      prefix,
      identity: fc.nat(identities.length),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      set: fc.constant('selector' as const),
      index: fc.nat(selectorCount - 1),
      selector,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      set: fc.constant('member' as const),
      index: fc.nat(selectorCount - 1),
      identity: fc.nat(identities.length - 1),
      present: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ set: fc.constant('table' as const), index: fc.nat(tableCount - 1), entries }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      set: fc.constant('endpoint' as const),
      index: fc.nat(3),
      tables: fc.tuple(fc.nat(tableCount), fc.nat(tableCount)),
    }),
  },
  { weight: 2, arbitrary: fc.record({ set: fc.constant('service' as const), key: serviceKey, service }) },
  {
    weight: 2,
    arbitrary: fc.record({ set: fc.constant('backends' as const), key: serviceKey, backends: someBackends }),
  },
  { weight: 1, arbitrary: fc.record({ set: fc.constant('no service' as const), key: serviceKey }) },
  {
    weight: 1,
    arbitrary: fc.record({
      set: fc.constant('local' as const),
      addresses: fc.array(address, { maxLength: 3 }),
    }),
  },
);
type Command = Generated<typeof command>;

const selectorKey = (index: number) => key16(`selector ${index}`);
const directions = [TableDirections.DIRECTION_INGRESS, TableDirections.DIRECTION_EGRESS] as const;
type TableDirection = (typeof directions)[number];
const tableKey = (index: number, of: TableDirection) =>
  index < tableCount ? key16(`table ${index} ${of}`) : new Uint8Array();

function setTables(state: NodeState, index: number, list: Generated<typeof entries>): void {
  for (const of of directions) setTable(state, index, list, of);
}

function setTable(
  state: NodeState,
  index: number,
  list: Generated<typeof entries>,
  of: TableDirection,
): void {
  const verdicts = [
    Verdict.VERDICT_ALLOW,
    Verdict.VERDICT_DENY,
    Verdict.VERDICT_PASS,
    Verdict.VERDICT_DEFAULT_DENY,
  ];
  state.set({
    kind: itemKind.table,
    message: {
      key: tableKey(index, of),
      direction: of,
      entries: list,
      defaultOutcome: 3,
      outcomes: verdicts.map((verdict, number) => ({ verdict, cookie: index * 100 + of * 10 + number + 1 })),
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
      ingressTable: tableKey(tables[0] ?? 0, TableDirections.DIRECTION_INGRESS),
      egressTable: tableKey(tables[1] ?? 0, TableDirections.DIRECTION_EGRESS),
    },
  });

function firstState(): NodeState {
  const state = new NodeState();
  for (const name of identities)
    state.set({ kind: itemKind.identity, message: { key: key16(name), number: 7, entity: entities[name] } });
  for (let index = 0; index < selectorCount; index++)
    state.set({ kind: itemKind.selector, message: { key: selectorKey(index) } });
  for (let index = 0; index < tableCount; index++) setTables(state, index, []);
  for (let index = 0; index < 4; index++) {
    setEndpoint(state, index, [index, index]);
    state.bindings.push({ uid: `uid-${index}`, ifindex: index + 7, instance: index + 1, adoptUntil: 0 });
  }
  return state;
}

function setMember(state: NodeState, index: number, identity: string, present: boolean): void {
  const message = { selector: selectorKey(index), identity: key16(identity) };
  if (present) state.set({ kind: itemKind.membership, message });
  else state.remove({ kind: itemKind.membership, message });
}

function setPrefix(state: NodeState, name: string | undefined, at: Generated<typeof prefix>): void {
  const message = { ...at, identity: key16(name ?? '') };
  if (name) state.set({ kind: itemKind.prefix, message });
  else state.remove({ kind: itemKind.prefix, message });
}

function setService(state: NodeState, key: string, content: Generated<typeof service> | undefined): void {
  if (content) state.set({ kind: itemKind.service, message: { ...content, key } });
  else state.remove({ kind: itemKind.service, message: { key } });
}

/** The service stays as it is but for its first port's backends. */
function setBackends(state: NodeState, key: string, backends: Generated<typeof someBackends>): void {
  const former = state.bundle.services.get(key);
  const [first, ...others] = former?.ports ?? [];
  if (!former || !first) return;
  const ports = [{ ...first, backends }, ...others];
  state.set({ kind: itemKind.service, message: { key, addresses: former.addresses, ports } });
}

function run(state: NodeState, command: Command): void {
  switch (command.set) {
    case 'prefix':
      setPrefix(state, identities[command.identity], command.prefix);
      return;
    case 'selector': {
      const message = { ...command.selector, key: selectorKey(command.index) };
      state.set({ kind: itemKind.selector, message });
      return;
    }
    case 'member':
      setMember(state, command.index, identities[command.identity] ?? '', command.present);
      return;
    case 'table':
      setTables(state, command.index, command.entries);
      return;
    case 'service':
      setService(state, command.key, command.service);
      return;
    case 'no service':
      setService(state, command.key, undefined);
      return;
    case 'backends':
      setBackends(state, command.key, command.backends);
      return;
    case 'endpoint':
      setEndpoint(state, command.index, command.tables);
      return;
    case 'local':
      state.localAddresses = command.addresses.map((bytes) => Uint8Array.from(bytes));
  }
}

const query = fc.record({
  ifindex: fc.integer({ min: 7, max: 11 }),
  direction: fc.constantFrom<Direction>(direction.egress, direction.ingress),
  address: bytesOf(fc.oneof(address, address, pod, serviceAddress)),
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
  }).timeout(300_000);
});
