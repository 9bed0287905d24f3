import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { IdleCollection } from './collect-when-idle.ts';

const megabyte = 1_000_000;

describe('collection when idle', () => {
  it('is due once after a start, and then where the heap has grown', () => {
    const collection = new IdleCollection();
    assert.equal(collection.isDue({ heap: 40 * megabyte, busy: 0 }), true);
    collection.collected(30 * megabyte);
    assert.equal(collection.isDue({ heap: 31.5 * megabyte, busy: 0 }), false);
    assert.equal(collection.isDue({ heap: 35 * megabyte, busy: 0 }), true);
  });

  it('is not due while something is going on', () => {
    assert.equal(new IdleCollection().isDue({ heap: 40 * megabyte, busy: 0.2 }), false);
  });

  it('is not due again where a collection could give nothing back', () => {
    const collection = new IdleCollection();
    collection.collected(60 * megabyte);
    assert.equal(collection.isDue({ heap: 60 * megabyte, busy: 0 }), false);
  });
});
