import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, it } from 'mocha';

const interruption = join(import.meta.dirname, 'interruption.ts');
const bench = `
import { atInterruption, interruptible } from ${JSON.stringify(interruption)};
atInterruption(() => console.log('first'));
atInterruption(async () => console.log('second'));
atInterruption(() => console.log('over'))();
await interruptible(() => new Promise((_, reject) => {
  atInterruption(() => reject(new Error('what it used is gone')));
  setTimeout(reject, 60_000);
  console.log('runs');
}));
`;

describe('a bench that is interrupted', () => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    it(`cleans up, the latest first, and ends by ${signal}`, async () => {
      const child = spawn(process.execPath, ['--input-type=module', '-e', bench], {
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      const ended = once(child, 'exit');
      child.stdout.once('data', () => child.kill(signal));
      const said = await text(child.stdout);
      assert.deepEqual(await ended, [null, signal]);
      assert.equal(said, 'runs\nsecond\nfirst\n');
    });
});
