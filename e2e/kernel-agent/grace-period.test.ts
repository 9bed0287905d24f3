import assert from 'node:assert/strict';
import { GracePeriod } from '@weir/node-agent/src/kernel/grace-period.ts';
import { describe, it } from 'mocha';
import { prepare } from './harness.ts';

const rounds = 10;

describe('a grace period', () => {
  prepare();

  for (const forceMap of [false, true])
    it(`is waited for off the event loop (${forceMap ? 'array of maps' : 'membarrier'})`, async () => {
      const grace = new GracePeriod({ forceMap });
      let turns = 0;
      const timer = setInterval(() => turns++, 1);
      const times: number[] = [];
      /** In how many rounds the event loop went on meanwhile. */
      let free = 0;
      for (let round = 0; round < rounds; round++) {
        const [start, before] = [performance.now(), turns];
        await grace.wait();
        times.push(performance.now() - start);
        if (turns > before) free++;
      }
      clearInterval(timer);
      grace.close();
      const middle = times.sort((a, b) => a - b)[rounds / 2] ?? 0;
      assert.ok(middle > 0.5, `a grace period takes milliseconds, not ${middle} ms`);
      assert.ok(free > rounds / 2, `the event loop stood in ${rounds - free} of ${rounds} rounds`);
    });
});
