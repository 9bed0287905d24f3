import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { openConnection } from './connection.ts';

const config = (server: string): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'here',
    contexts: [{ name: 'here', context: { cluster: 'c', user: 'u', namespace: 'weir' } }],
    clusters: [{ name: 'c', cluster: { server } }],
    users: [{ name: 'u', user: { token: 'secret' } }],
  });

describe('openConnection', () => {
  let folder: string;
  let file: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'weir-kubeconfig-'));
    file = join(folder, 'config');
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('reads server, namespace and credentials of the current context', async () => {
    await writeFile(file, config('https://127.0.0.1:6443/'));
    const connection = openConnection({ kind: 'kubeconfig', file });
    assert.deepEqual([connection.server, connection.namespace], ['https://127.0.0.1:6443', 'weir']);
    const { headers } = await connection.options();
    assert.deepEqual(headers, { Authorization: 'Bearer secret' });
    connection.close();
  });

  for (const [what, text] of [
    ['no YAML', '{'],
    ['another thing', '[]'],
    ['no server', config('')],
    ['a server that is no URL', config('here')],
  ] as const)
    it(`refuses a file with ${what}`, async () => {
      await writeFile(file, text);
      assert.throws(() => openConnection({ kind: 'kubeconfig', file }), {
        code: 'kubeconfig-unusable',
        message: new RegExp(file),
      });
    });

  it('refuses a file that does not exist', () => {
    assert.throws(() => openConnection({ kind: 'kubeconfig', file }), { code: 'kubeconfig-unusable' });
  });
});
