import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Backoff } from './backoff.ts';

const next = (count: number, backoff: Backoff): number[] =>
  Array.from({ length: count }, () => backoff.next());

describe('the waits of an agent', () => {
  it('double at most, up to a limit, and begin anew', () => {
    const backoff = new Backoff(500, 5_000, () => 1);
    assert.deepEqual(next(6, backoff), [500, 1_000, 2_000, 4_000, 5_000, 5_000]);
    assert.equal(backoff.tries, 6);
    backoff.reset();
    assert.deepEqual([backoff.next(), backoff.tries], [500, 1]);
  });

  it('are any part of the longest, so that many agents spread over all of it', () => {
    let seed = 1;
    const random = (): number => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed / 2_147_483_647;
    };
    const waits = Array.from({ length: 5_000 }, () => new Backoff(500, 5_000, random).next());
    const tenths = Array.from(
      { length: 10 },
      (_, index) => waits.filter((ms) => Math.floor(ms / 50) === index).length,
    );
    assert.ok(
      tenths.every((count) => count > 400 && count < 600),
      `${tenths}`,
    );
  });
});
