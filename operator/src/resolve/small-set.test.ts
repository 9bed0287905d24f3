import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { SmallSet } from './small-set.ts';

describe('SmallSet', () => {
  it('is a set, small and large', () => {
    const steps = fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 15 })), { maxLength: 60 });
    fc.assert(
      fc.property(steps, (changes) => {
        const [small, model] = [new SmallSet<number>(), new Set<number>()];
        for (const [add, element] of changes) {
          if (add) {
            small.add(element);
            model.add(element);
          } else {
            assert.equal(small.delete(element), model.delete(element));
          }
          assert.deepEqual([...small].sort(), [...model].sort());
          assert.deepEqual([small.size, small.has(element)], [model.size, model.has(element)]);
        }
      }),
    );
  });
});
