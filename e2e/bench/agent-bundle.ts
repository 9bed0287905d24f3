import type { Bundle } from '@weir/node-agent/src/bundle.ts';
import { weir } from '@weir/proto/bundle.js';
import { encodeItem, type Item, itemKind } from '@weir/proto/item.ts';
import { podAddress, worldAddresses } from './agent-node.ts';
import { bundleItems } from './bundle-items.ts';
import {
  type BenchPrefix,
  benchEndpoint,
  benchKey,
  randomPrefixes4,
  syntheticBundle,
} from './synthetic-bundle.ts';

const v1 = weir.bundle.v1;

/** UDP; allowed to and from one identity. */
export const datagramPort = 5353;
const datagramProtocol = 17;
const datagramSelector = benchKey('selector of datagrams');

const bytesOf = (address: string): Uint8Array => Uint8Array.from(address.split('.').map(Number));
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

/** A node with so many pods, all isolated both ways, and prefixes. */
export function nodeBundle(pods: number, prefixes: number): readonly Item[] {
  const world: readonly BenchPrefix[] = [
    { address: bytesOf(worldAddresses.allowed), length: 32, identity: 0 },
    { address: bytesOf(worldAddresses.forbidden), length: 32, identity: 1 },
  ];
  const bundle = syntheticBundle([...randomPrefixes4(prefixes - world.length), ...world]);
  const allowed = bundle.identities.values().next().value;
  const pod = bundle.endpoints.get(benchEndpoint.uid);
  if (!allowed || !pod) throw new Error('the bundle has no endpoint');
  const membership = v1.Membership.create({ selector: datagramSelector, identity: allowed.key });
  const memberships = [...bundle.memberships.values(), membership];
  return bundleItems({
    ...bundle,
    selectors: new Map([
      ...bundle.selectors,
      [text(datagramSelector), v1.Selector.create({ key: datagramSelector, text: 'datagrams' })],
    ]),
    memberships: new Map(memberships.map((one, index) => [String(index), one])),
    tables: new Map([...bundle.tables].map(([key, table]) => [key, withDatagrams(table)])),
    endpoints: new Map(
      Array.from({ length: pods }, (_, index) => {
        const uid = `pod-${index}`;
        return [uid, v1.Endpoint.create({ ...pod, uid, name: uid, addresses: [bytesOf(podAddress(index))] })];
      }),
    ),
  });
}

type Table = Bundle['tables'] extends ReadonlyMap<string, infer Value> ? Value : never;

function withDatagrams(table: Table): Table {
  const at = { protocol: datagramProtocol, firstPort: datagramPort, lastPort: datagramPort, tier: 1 };
  return v1.Table.create({
    ...table,
    selectors: [...table.selectors, datagramSelector],
    entries: [
      ...table.entries,
      { ...at, selector: table.selectors.length + 1, outcome: 1 },
      { ...at, selector: 0, outcome: 2 },
    ],
  });
}

const blocksOfChange = 100;

/** A change of the node's bundle: another block for each of a selector's, as with a policy that has ipBlocks. */
export const changedSelector = (change: number): Item =>
  encodeItem({
    kind: itemKind.selector,
    message: {
      key: datagramSelector,
      text: 'datagrams',
      blocks: Array.from({ length: blocksOfChange }, (_, block) => ({
        address: Uint8Array.of(100, 64 + change, block, 0),
        length: 24,
      })),
    },
  });
