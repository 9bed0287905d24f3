import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'mocha';
import { ApiClient } from '../source/kube/api-client.ts';
import { openLeadership } from './leadership.ts';

/** Nobody listens there. */
const kubeconfig = `
apiVersion: v1
kind: Config
current-context: none
clusters: [{ name: none, cluster: { server: "https://127.0.0.1:1" } }]
users: [{ name: none, user: { token: none } }]
contexts: [{ name: none, context: { cluster: none, user: none } }]
`;

const nothing = (): void => undefined;

describe('leadership', () => {
  const folder = mkdtempSync(join(tmpdir(), 'weir-leadership-'));
  after(() => rmSync(folder, { recursive: true }));

  it('is stuck only after a minute as a candidate', async () => {
    const file = join(folder, 'kubeconfig');
    writeFileSync(file, kubeconfig);
    const client = ApiClient.open({ kind: 'kubeconfig', file });
    let now = 0;
    const leadership = await openLeadership({
      choice: { namespace: 'weir-system', name: 'weir-operator', address: '10.0.0.1:9443' },
      client,
      identity: 'one',
      monotonic: () => now,
      clock: Date.now,
      random: Math.random,
      log: { error: nothing, warn: nothing, info: nothing, debug: nothing },
      unfit: () => undefined,
      onElected: nothing,
      onLost: nothing,
    });
    // Lists may take that long, or the API server may be away.
    now = 100_000;
    assert.equal(leadership.failure(), undefined);
    leadership.start();
    assert.equal(leadership.failure(), undefined);
    now += 60_001;
    assert.match(leadership.failure() ?? '', /nothing was tried for 60001 ms/);
    await leadership.stop();
    client.close();
  });
});
