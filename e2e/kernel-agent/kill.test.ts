import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { removeDatapath } from '@weir/node-agent/src/kernel/remove-datapath.ts';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { until } from '../until.ts';
import { Flood } from './flood.ts';
import {
  addVeth,
  compileFixture,
  digestOf,
  egressDrops,
  egressRuns,
  imageOf,
  openDatapath,
  pinDir,
  prepare,
  type Veth,
} from './harness.ts';

const port = 5002;
const rounds = 6;

describe('kill -9', () => {
  prepare();
  let veth: Veth;
  beforeEach(() => {
    veth = addVeth(6);
  });
  afterEach(() => {
    removeDatapath(pinDir);
    veth.remove();
  });

  it('at any moment of a commit or of growth misjudges no packet and leaves what can be taken over', async () => {
    const first = await openDatapath();
    await first.commit(imageOf(0), { revision: 0, digest: digestOf(0) });
    await first.attach(veth.ifindex);
    first.close();
    const flood = new Flood(veth, 6, port);
    try {
      for (let round = 0; round < rounds; round++) {
        const child = spawn(
          process.execPath,
          [`${import.meta.dirname}/committer.ts`, compileFixture('fixture'), pinDir, String(veth.ifindex)],
          { stdio: ['ignore', 'pipe', 'inherit'] },
        );
        const exited = once(child, 'exit');
        await once(child.stdout, 'data');
        // The spread covers a commit's 10 to 30 ms several times.
        await new Promise((resolve) => setTimeout(resolve, 40 + round * 23));
        child.kill('SIGKILL');
        await exited;
        const taken = await openDatapath();
        assert.equal(taken.active?.damaged, false);
        assert.deepEqual(await taken.attached(), [{ ifindex: veth.ifindex, mode: 'tcx', inPlace: true }]);
        taken.close();
      }
      const sent = await flood.stop();
      assert.ok(sent > 1000);
      await until('every packet met a program', () => egressRuns() === sent);
      assert.equal(egressDrops(), 0);
    } finally {
      await flood.stop();
    }
  }).timeout(180_000);
});
