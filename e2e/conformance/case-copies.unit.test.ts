import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

describe('the case files', () => {
  const folder = join(import.meta.dirname, 'cases');
  const list = readFileSync(join(import.meta.dirname, 'cases.sha256'), 'utf8')
    .trim()
    .split('\n');

  it('are all in the list', () => {
    const listed = list.map((line) => line.split('  ')[1]);
    assert.deepEqual(listed.sort(), readdirSync(folder).sort());
  });

  for (const line of list) {
    const [wanted, name = ''] = line.split('  ');
    it(`${name} is unchanged`, () => {
      const got = createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex');
      assert.equal(got, wanted);
    });
  }
});
