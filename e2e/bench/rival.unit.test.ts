import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, it } from 'mocha';

describe('the rival of the verdict bench', () => {
  it('is included as it was given, byte for byte', () => {
    const source = readFileSync(new URL('rival/two_lpm.h', import.meta.url));
    assert.equal(
      createHash('sha256').update(source).digest('hex'),
      'd85591c9e7e539e80e066af85d77f3f953d286c597e21934676db433eb118e18',
    );
  });
});
