import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { backoffMs } from './backoff.ts';

describe('backoffMs', () => {
  it('doubles up to a limit, however many tries have failed', () => {
    const waits = [1, 2, 3, 4, 5, 1_000_000].map((tries) =>
      backoffMs(tries, { first: 100, most: 1_000 }, () => 1),
    );
    assert.deepEqual(waits, [100, 200, 400, 800, 1_000, 1_000]);
  });

  it('takes half of it away at most', () => {
    assert.equal(
      backoffMs(3, { first: 100, most: 1_000 }, () => 0),
      200,
    );
  });
});
