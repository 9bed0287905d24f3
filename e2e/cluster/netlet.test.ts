import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../lab/command.ts';

const folder = join(import.meta.dirname, 'netlet');

/** Its own tests are run where it is built. */
describe('netlet', () => {
  it('is formatted as gofmt does', async () => {
    const files = readdirSync(folder).filter((file) => file.endsWith('.go'));
    const { code, stdout, stderr } = await runCommand([
      'gofmt',
      '-l',
      ...files.map((file) => join(folder, file)),
    ]);
    assert.deepEqual([code, stdout], [0, ''], stderr);
  });
});
