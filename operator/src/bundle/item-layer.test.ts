import assert from 'node:assert/strict';
import { encodeItem, type Item, itemKind } from '@weir/proto/item.ts';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { ItemLayer } from './item-layer.ts';

/** An item of one of 16 ids, with one of three contents. */
const item = (id: number, content: number): Item =>
  encodeItem({
    kind: itemKind.prefix,
    message: { address: Uint8Array.of(10, 0, 0, id), length: 32, identity: Uint8Array.of(content) },
  });

type Step =
  | { readonly kind: 'set'; readonly id: number; readonly content: number }
  | { readonly kind: 'delete'; readonly id: number }
  | { readonly kind: 'clear' }
  | { readonly kind: 'commit' };

const id = fc.integer({ min: 0, max: 15 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('set' as const), id, content: fc.nat(2) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('delete' as const), id }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'commit' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'clear' as const }) },
);

const texts = (items: Iterable<Item>): readonly string[] =>
  Array.from(items, ({ id: of, digest }) => `${of} ${digest}`).sort();

class Model {
  committed = new Map<string, Item>();
  current = new Map<string, Item>();

  apply(layer: ItemLayer, step: Step): void {
    switch (step.kind) {
      case 'set': {
        const next = item(step.id, step.content);
        layer.set(next);
        this.current.set(next.id, next);
        return;
      }
      case 'delete': {
        const { id: of } = item(step.id, 0);
        assert.equal(layer.delete(of), this.current.delete(of));
        return;
      }
      case 'clear':
        layer.clear();
        this.current.clear();
        return;
      case 'commit':
        layer.commit();
        this.committed = new Map(this.current);
    }
  }
}

describe('ItemLayer', () => {
  it('knows what it has, what it had and what changed, small and large', () => {
    const steps = fc.array(step, { maxLength: 80, size: 'max' });
    const property = fc.property(steps, (all) => {
      const [layer, model] = [new ItemLayer(), new Model()];
      for (const each of all) {
        model.apply(layer, each);
        assert.deepEqual(texts(layer.items()), texts(model.current.values()));
        assert.deepEqual(texts(layer.former()), texts(model.committed.values()));
        const rebuilt = new Map(model.committed);
        for (const { id: of, before, after } of layer.changes()) {
          assert.deepEqual(before?.digest, model.committed.get(of)?.digest);
          if (after) rebuilt.set(of, after);
          else rebuilt.delete(of);
        }
        assert.deepEqual(texts(rebuilt.values()), texts(model.current.values()));
      }
    });
    fc.assert(property, { numRuns: 200 });
  });
});
