import assert from 'node:assert/strict';
import { encodeItem, type Item, itemKind } from '@weir/proto/item.ts';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { mergeChanges, type NetChange } from './net-change.ts';

const key = (name: number) => new Uint8Array(16).fill(name);
const prefix = (name: number, version: number): Item =>
  encodeItem({
    kind: itemKind.prefix,
    message: { address: Uint8Array.of(10, 0, 0, name), length: 32, identity: key(version) },
  });
const selector = (name: number): Item =>
  encodeItem({ kind: itemKind.selector, message: { key: key(name), world: true, text: `s${name}` } });

type Items = Map<string, Item>;

/** What the agent does: upserts, then removes. */
function apply(before: Items, { upserts, removes }: NetChange): Items {
  const after = new Map(before);
  for (const item of upserts) after.set(item.id, item);
  for (const item of removes) assert.ok(after.delete(item.id), 'removes what is there');
  return after;
}

/** The change from one drawn set of items to the next. */
function changeBetween(before: Items, after: Items): NetChange {
  return {
    upserts: [...after.values()].filter((item) => before.get(item.id) !== item),
    removes: [...before.values()].filter((item) => !after.has(item.id)),
  };
}

const pool = [0, 1, 2, 3].flatMap((name) => [prefix(name, 1), prefix(name, 2), selector(name)]);
const state = fc.subarray(pool).map((items): Items => new Map(items.map((item) => [item.id, item])));

describe('merging changes', () => {
  it('has the effect of all of them in turn', () => {
    fc.assert(
      fc.property(fc.array(state, { minLength: 2, maxLength: 8 }), (states) => {
        const [first = new Map<string, Item>(), ...rest] = states;
        let before: Items = first;
        const changes = rest.map((after) => {
          const change = changeBetween(before, after);
          before = after;
          return change;
        });
        const merged = mergeChanges(changes);
        assert.deepEqual([...apply(first, merged).keys()].sort(), [...before.keys()].sort());
        for (const [id, item] of apply(first, merged)) assert.equal(item, before.get(id));
        assert.equal(new Set(merged.upserts.map(({ id }) => id)).size, merged.upserts.length);
      }),
      { numRuns: 1000 },
    );
  });

  it('leaves out what came and went', () => {
    const came = { upserts: [selector(1)], removes: [] };
    const went = { upserts: [], removes: [selector(1)] };
    assert.deepEqual(mergeChanges([came, went]), { upserts: [], removes: [] });
  });

  it('removes what stood before, though it came back meanwhile', () => {
    const went = { upserts: [], removes: [prefix(1, 1)] };
    const back = { upserts: [prefix(1, 2)], removes: [] };
    const gone = { upserts: [], removes: [prefix(1, 2)] };
    const { upserts, removes } = mergeChanges([went, back, gone]);
    assert.deepEqual(upserts, []);
    assert.deepEqual(
      removes.map(({ id }) => id),
      [prefix(1, 1).id],
    );
  });
});
