import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { NodeLines } from './node-lines.ts';

describe('NodeLines', () => {
  it('make a line of two halves that were given back', () => {
    const lines = new NodeLines();
    const halves = [lines.takeHalf(), lines.takeHalf()];
    assert.deepEqual(halves, [0, 1]);
    for (const half of halves) lines.freeHalf(half);
    assert.equal(lines.used, 0);
    assert.equal(lines.takeLines(1), 0);
    assert.equal(lines.used, 2);
  });

  it('begin pairs at even lines and use the line between them', () => {
    const lines = new NodeLines();
    assert.equal(lines.takeLines(1), 0);
    assert.equal(lines.takeLines(2), 4);
    assert.equal(lines.takeLines(1), 2);
    assert.equal(lines.used, 8);
    assert.equal(lines.bytes.length, 4 * 64);
  });

  it('use blocks again for as many lines', () => {
    const lines = new NodeLines();
    const block = lines.takeLines(5);
    lines.takeHalf();
    lines.freeLines(block, 5);
    assert.equal(lines.takeLines(5), block);
  });
});
