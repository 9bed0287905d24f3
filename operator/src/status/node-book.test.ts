import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type NodeStatus, unknownStatus } from '../push/node-status.ts';
import { NodeBook } from './node-book.ts';

describe('book of nodes', () => {
  it('names the pods whose coverage is another than it was', () => {
    const book = new NodeBook(() => 0);
    const coverage = (uncovered: readonly string[], attaching: readonly string[] = []) => {
      const status: NodeStatus = { ...unknownStatus, uncovered, attaching };
      return book.followStatus('n', status).coverage;
    };
    assert.deepEqual(coverage([]), []);
    assert.deepEqual(coverage(['a', 'b', 'c'], ['a', 'b']), ['a', 'b', 'c']);
    assert.deepEqual(coverage(['a', 'b', 'c'], ['a', 'b']), []);
    // One could not be attached to, and the other was.
    assert.deepEqual(coverage(['a', 'c']), ['b', 'a']);
    assert.deepEqual(coverage([]), ['a', 'c']);
  });
});
