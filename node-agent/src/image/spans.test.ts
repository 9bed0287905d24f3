import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { Spans } from './spans.ts';

describe('Spans', () => {
  it('are the values of nested blocks, each run once', () => {
    const block = fc.record({
      length: fc.nat(8),
      address: fc.nat(255),
      value: fc.nat(3),
    });
    const key = ({ length, address }: { length: number; address: number }) =>
      (address & (0xff00 >> length) & 255) * 16 + length;
    fc.assert(
      fc.property(fc.uniqueArray(block, { selector: key, maxLength: 60 }), fc.nat(3), (blocks, inherited) => {
        const spans = new Spans();
        const painted = new Array<number>(256).fill(inherited);
        spans.begin(inherited);
        for (const each of blocks.sort((a, b) => key(a) - key(b))) {
          const start = key(each) >> 4;
          const end = start + 2 ** (8 - each.length);
          assert.equal(spans.around(start), painted[start]);
          spans.add(start, end, each.value);
          painted.fill(each.value, start, end);
        }
        spans.finish(256);
        const expected = [[-1, inherited]];
        for (const [start, value] of painted.entries())
          if (value !== expected.at(-1)?.[1]) expected.push([start, value]);
        const found = Array.from({ length: spans.size }, (_, run) => [spans.starts[run], spans.values[run]]);
        assert.deepEqual(found, expected);
      }),
    );
  });
});
