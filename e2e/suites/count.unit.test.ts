import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { countTests } from './count.ts';

describe('count of tests', () => {
  it('reads the closing lines of mocha', () => {
    assert.deepEqual(countTests('  12 passing (3s)\n  1 pending\n  2 failing\n'), {
      passed: 12,
      failed: 2,
      skipped: 1,
    });
  });

  it('reads the plain line, the last one', () => {
    const output = '1 passed, 0 failed\n731 passed, 1 failed, 4 skipped\n';
    assert.deepEqual(countTests(output), { passed: 731, failed: 1, skipped: 4 });
  });

  it('tells output without tests', () => {
    assert.equal(countTests('all is well\n'), undefined);
  });
});
