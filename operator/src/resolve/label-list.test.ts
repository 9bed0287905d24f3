import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { LabelList } from './label-list.ts';

describe('LabelList', () => {
  it('is read as the Map of its pairs', () => {
    const pairs = [
      ['app', 'web'],
      ['empty', ''],
      ['web', 'app'],
    ] as const;
    const [list, map] = [new LabelList(pairs), new Map<string, string>(pairs)];
    assert.deepEqual([[...list], [...list.keys()]], [[...map], [...map.keys()]]);
    for (const key of ['app', 'empty', 'web', '', 'other']) assert.equal(list.get(key), map.get(key));
  });
});
