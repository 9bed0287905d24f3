import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import { AgentError, agentErrors } from './errors.ts';

describe('AgentError', () => {
  it('has each code and its meaning in docs/errors.md, and no other', () => {
    const text = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8');
    const [, section = ''] = text.split(/^## Agent$/m);
    const [table = ''] = section.split(/^## /m);
    const rows = table.matchAll(/^\| `([^`]+)` \| ([^|]+) \|/gm);
    assert.deepEqual(
      Object.fromEntries(Array.from(rows, ([, code, meaning]) => [code, meaning])),
      agentErrors,
    );
  });

  it('keeps what it is made from: itself, or a cause', () => {
    const error = new AgentError('locked', 'taken', { pid: 7 });
    assert.equal(AgentError.from(error, 'kernel'), error);
    const cause = new Error('ENOENT');
    const wrapped = AgentError.from(cause, 'kernel');
    assert.deepEqual([wrapped.code, wrapped.cause], ['kernel', cause]);
  });
});
