import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { clusterErrors } from './errors.ts';

describe('ClusterError', () => {
  it('has each code and its meaning in docs/errors.md, and no other', () => {
    const text = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8');
    const [, section = ''] = text.split(/^## Test cluster$/m);
    const [table = ''] = section.split(/^## /m);
    const rows = table.matchAll(/^\| `([^`]+)` \| ([^|]+) \|/gm);
    assert.deepEqual(
      Object.fromEntries(Array.from(rows, ([, code, meaning]) => [code, meaning])),
      clusterErrors,
    );
  });
});
