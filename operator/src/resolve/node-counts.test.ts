import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { NodeCounts } from './node-counts.ts';

describe('NodeCounts', () => {
  it('counts as a Map of numbers without zeros, for one node and for many', () => {
    const changes = fc.array(fc.tuple(fc.constantFrom('n1', 'n2', 'n3'), fc.constantFrom(-2, -1, 1, 2)), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(changes, (steps) => {
        const [counts, model] = [new NodeCounts('n1', 1), new Map([['n1', 1]])];
        for (const [node, change] of steps) {
          const sum = (model.get(node) ?? 0) + change;
          if (sum === 0) model.delete(node);
          else model.set(node, sum);
          assert.equal(counts.add(node, change), model.size > 0);
          assert.deepEqual([...counts].sort(), [...model].sort());
          assert.deepEqual(
            [[...counts.nodes()].sort(), counts.has(node)],
            [[...model.keys()].sort(), model.has(node)],
          );
        }
      }),
    );
  });
});
