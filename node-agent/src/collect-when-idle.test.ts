import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { IdleCollection } from './collect-when-idle.ts';

const megabyte = 1_000_000;
const look = (megabytes: number, busy = 0) => ({ held: megabytes * megabyte, busy });

describe('collection when idle', () => {
  it('is due after the start, then as long as it gives something back, then where more is held', () => {
    const collection = new IdleCollection();
    assert.equal(collection.isDue(look(60)), true);
    collection.collected(60 * megabyte, 50 * megabyte);
    assert.equal(collection.isDue(look(50)), true);
    collection.collected(50 * megabyte, 49.9 * megabyte);
    assert.equal(collection.isDue(look(51)), false);
    assert.equal(collection.isDue(look(52)), true);
  });

  it('is not due while something is going on', () => {
    assert.equal(new IdleCollection().isDue(look(60, 0.2)), false);
  });
});
