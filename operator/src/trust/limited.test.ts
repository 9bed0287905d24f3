import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Limited } from './limited.ts';

describe('Limited', () => {
  it('runs so many at once, lets some wait in their order, and refuses the rest', async () => {
    const limited = new Limited(2, 2);
    const began: number[] = [];
    const gates = Array.from({ length: 5 }, () => Promise.withResolvers<void>());
    const jobs = gates.map(({ promise }, index) =>
      limited.run(async () => {
        began.push(index);
        await promise;
      }),
    );
    await assert.rejects(jobs[4] ?? Promise.resolve(), { code: 'api-unreachable' });
    assert.deepEqual(began, [0, 1]);
    gates[1]?.resolve();
    await jobs[1];
    await new Promise(setImmediate);
    assert.deepEqual(began, [0, 1, 2]);
    for (const { resolve } of gates) resolve();
    await Promise.all(jobs.slice(0, 4));
    assert.deepEqual(began, [0, 1, 2, 3]);
  });

  it('goes on after a job that failed', async () => {
    const limited = new Limited(1, 1);
    await assert.rejects(limited.run(() => Promise.reject(new Error('no'))));
    assert.equal(await limited.run(() => Promise.resolve(7)), 7);
  });
});
