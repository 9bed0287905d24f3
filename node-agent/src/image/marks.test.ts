import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { readMark, writeMarks } from './marks.ts';

describe('marks', () => {
  it('are read as they were written, and are none behind the last', () => {
    const mark = fc.oneof(fc.nat(0xffff), fc.constantFrom(0, 1, 0x7fff, 0x8000, 0xffff));
    fc.assert(
      fc.property(fc.uniqueArray(mark, { maxLength: 6 }), fc.boolean(), (list, fits) => {
        const marks = Int32Array.from(list).sort();
        const room = marks.length > 3 || fits ? 6 : 3;
        const words = new Uint32Array(8).fill(0xffff_ffff);
        writeMarks(words, 1, room, marks);
        const read = Array.from({ length: room }, (_, index) => readMark(words, 1, index));
        assert.deepEqual(read, [...marks, ...new Array(room - marks.length).fill(-1)]);
        assert.equal(words[0], 0xffff_ffff);
        assert.equal(words[1 + (room / 3) * 2], 0xffff_ffff);
      }),
    );
  });
});
