import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { SharedValues } from './shared-values.ts';

describe('SharedValues', () => {
  it('gives the first value of a text again', () => {
    const values = new SharedValues<object>(2);
    const first = {};
    assert.equal(values.share('a', first), first);
    assert.equal(values.share('a', {}), first);
  });

  it('forgets what did not come for long', () => {
    const values = new SharedValues<object>(2);
    const [often, once] = [{}, {}];
    values.share('once', once);
    for (let index = 0; index < 10; index++) {
      assert.equal(values.share('often', often), often);
      values.share(`other ${index}`, {});
    }
    assert.notEqual(values.share('once', {}), once);
    assert.equal(values.share('often', {}), often);
  });
});
