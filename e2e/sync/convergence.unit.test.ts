import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { digestText } from '@weir/proto/digest.ts';
import type { Item } from '@weir/proto/item.ts';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { until } from '../until.ts';
import { FlakyWire } from './flaky-wire.ts';
import { endpoint, identity, membership, prefix, selector, table } from './items.ts';
import { Pair } from './pair.ts';

const node = 'node-1';
const names = ['a', 'b', 'c', 'd'];

/** Which items exist is drawn; what they refer to is added, so that every bundle is whole. */
interface Wish {
  readonly prefixes: readonly (readonly [number, string])[];
  readonly memberships: readonly (readonly [string, string])[];
  readonly endpoints: readonly (readonly [string, string, string])[];
}

const name = fc.constantFrom(...names);
const wish: fc.Arbitrary<Wish> = fc.record({
  prefixes: fc.array(fc.tuple(fc.nat(30), name), { maxLength: 20 }),
  memberships: fc.array(fc.tuple(name, name), { maxLength: 5 }),
  endpoints: fc.array(fc.tuple(name, name, name), { maxLength: 4 }),
});

function itemsOf({ prefixes, memberships, endpoints }: Wish): Map<string, Item> {
  const items = [
    ...prefixes.flatMap(([index, of]) => [prefix(index, of), identity(of)]),
    ...memberships.flatMap(([of, by]) => [selector(of), identity(by), membership(of, by)]),
    ...endpoints.flatMap(([uid, of, by]) => [
      identity(of),
      selector(by),
      table(by, by),
      endpoint(uid, of, by),
    ]),
  ];
  return new Map([identity('root'), ...items].map((item) => [item.id, item]));
}

/** What happens beside the change of the bundle. */
type Event = 'nothing' | 'wait' | 'cut' | 'cut later' | 'refuse' | 'restart operator' | 'restart agent';
const event: fc.Arbitrary<Event> = fc.constantFrom(
  'nothing',
  'nothing',
  'nothing',
  'wait',
  'cut',
  'cut later',
  'refuse',
  'restart operator',
  'restart agent',
);

describe('convergence of an agent over a flaky connection', () => {
  it('ends with the operator’s digest, whatever happened on the way', async function () {
    this.timeout(300_000);
    await fc.assert(fc.asyncProperty(fc.array(fc.tuple(wish, event), { minLength: 1, maxLength: 15 }), run), {
      numRuns: 40,
    });
  });
});

async function run(steps: readonly (readonly [Wish, Event])[]): Promise<void> {
  const pair = await Pair.open();
  const wire = new FlakyWire(pair.port);
  try {
    const agent = await pair.agent(node, {
      target: `127.0.0.1:${await wire.listen()}`,
      retryMs: { first: 2, most: 20 },
    });
    let refusals = 0;
    agent.during = () => (refusals-- > 0 ? Promise.reject(new Error('drawn')) : Promise.resolve());
    const happen: Record<Event, () => Promise<unknown> | undefined> = {
      nothing: () => undefined,
      wait: () => sleep(5),
      cut: async () => wire.cut(),
      'cut later': async () => {
        wire.cutAfter = 3_000;
        wire.cut();
      },
      refuse: async () => {
        refusals = 1;
      },
      'restart operator': async () => {
        await pair.server.close();
        await pair.serve();
      },
      'restart agent': async () => {
        await agent.client.stop();
        agent.client.start();
      },
    };
    for (const [wanted, what] of steps) {
      const next = itemsOf(wanted);
      const former = pair.bundles.get(node)?.items ?? new Map<string, Item>();
      const upserts = [...next.values()].filter((item) => !sameItem(former.get(item.id), item));
      const removes = [...former.values()].filter((item) => !next.has(item.id));
      pair.server.publish([pair.bundles.change(node, upserts, removes)]);
      await happen[what]();
    }
    refusals = 0;
    wire.cutAfter = undefined;
    await until('the agent is at the newest bundle', () => {
      const digest = pair.bundles.get(node)?.digest;
      return digest !== undefined && agent.enforced?.digest === digestText(digest);
    });
    await pair.inSync(node);
    assert.equal(agent.log.count('message from the operator is refused'), 0, 'all that was sent did follow');
  } finally {
    await pair.close();
    await wire.close();
  }
}

const sameItem = (a: Item | undefined, b: Item): boolean =>
  a !== undefined && Buffer.compare(a.body, b.body) === 0;
