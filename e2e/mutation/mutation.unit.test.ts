import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mutate } from './mutation.ts';
import { mutations } from './mutations.ts';

const root = join(import.meta.dirname, '../..');

describe('mutate', () => {
  const mutation = { name: 'swap', file: 'x.ts', find: 'a < b', replace: 'a > b' };

  it('makes the mistake', () => assert.equal(mutate('if (a < b)', mutation), 'if (a > b)'));

  it('takes the replacement as it is written', () =>
    assert.equal(mutate('a < b', { ...mutation, replace: '$&$1' }), '$&$1'));

  it('refuses a place that is gone or not the only one', () => {
    assert.throws(() => mutate('a > b', mutation), /mutation "swap": x\.ts has "a < b" 0 times/);
    assert.throws(() => mutate('a < b || a < b', mutation), /2 times/);
  });
});

describe('the mistakes', () => {
  for (const mutation of mutations)
    it(`can be made: ${mutation.name}`, () => {
      const text = readFileSync(join(root, mutation.file), 'utf8');
      assert.notEqual(mutate(text, mutation), text);
    });
});
