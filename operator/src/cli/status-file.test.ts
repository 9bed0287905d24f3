import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { type NodeStatus, unknownStatus } from '../push/node-status.ts';
import { StatusFile } from './status-file.ts';

const ofRevision = (revision: number): NodeStatus => ({ ...unknownStatus, connected: true, revision });

describe('status file', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'weir-status-file-'));
    path = join(folder, 'status.json');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const revision = (): number | undefined => {
    if (!existsSync(path)) return undefined;
    const { nodes } = JSON.parse(readFileSync(path, 'utf8')) as { nodes: Record<string, NodeStatus> };
    return nodes['node-1']?.revision;
  };
  const shows = async (wanted: number): Promise<void> => {
    for (const end = Date.now() + 15_000; revision() !== wanted; await sleep(5))
      assert.ok(Date.now() < end, `revision ${revision()}, not ${wanted}`);
  };
  const open = (clock: () => number): StatusFile => new StatusFile(path, assert.ifError, clock);

  it('has what changed last, also when it is closed at once', async () => {
    const file = open(() => performance.now());
    file.setNode('node-1', ofRevision(1));
    await shows(1);
    file.setNode('node-1', ofRevision(2));
    await file.close();
    assert.equal(revision(), 2);
  });

  it('is written again soon where the program stood still while it was made', async () => {
    let standstills = 0;
    const file = open(() => performance.now() + 30_000 * standstills++);
    file.setNode('node-1', ofRevision(1));
    await shows(1);
    file.setNode('node-1', ofRevision(2));
    await shows(2);
    await file.close();
  });
});
