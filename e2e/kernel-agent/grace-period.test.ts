import assert from 'node:assert/strict';
import { GracePeriod } from '@weir/node-agent/src/kernel/grace-period.ts';
import { describe, it } from 'mocha';
import { prepare } from './harness.ts';

describe('a grace period', () => {
  prepare();

  for (const forceMap of [false, true])
    it(`is waited for off the event loop (${forceMap ? 'array of maps' : 'membarrier'})`, async () => {
      const grace = new GracePeriod({ forceMap });
      let longest = 0;
      let last = performance.now();
      const timer = setInterval(() => {
        longest = Math.max(longest, performance.now() - last);
        last = performance.now();
      }, 1);
      const times: number[] = [];
      for (let round = 0; round < 10; round++) {
        const start = performance.now();
        await grace.wait();
        times.push(performance.now() - start);
      }
      clearInterval(timer);
      grace.close();
      const middle = times.sort((a, b) => a - b)[5] ?? 0;
      assert.ok(middle > 0.5, `a grace period takes milliseconds, not ${middle} ms`);
      assert.ok(longest < middle * 10, `the event loop stood for ${longest} ms`);
    });
});
