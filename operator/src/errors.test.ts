import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { OperatorError, operatorErrors } from './errors.ts';

describe('OperatorError', () => {
  it('has each code and its meaning in docs/errors.md, and no other', () => {
    const text = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8');
    const [, section = ''] = text.split(/^## Operator$/m);
    const [table = ''] = section.split(/^## /m);
    const rows = table.matchAll(/^\| `([^`]+)` \| ([^|]+) \|/gm);
    assert.deepEqual(
      Object.fromEntries(Array.from(rows, ([, code, meaning]) => [code, meaning])),
      operatorErrors,
    );
  });

  it('carries what caused it', () => {
    const cause = new Error('ENOENT');
    const error = new OperatorError('manifests-unreadable', 'no such folder', cause);
    assert.deepEqual(
      [error.code, error.message, error.cause],
      ['manifests-unreadable', 'no such folder', cause],
    );
  });
});
