import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { failures } from './failures.ts';

const mochaOutput = `
  real packets
    1) answers
    ✔ is silent

  1 passing (3s)
  2 failing

  1) real packets
       IPv4: after a while
         answers:

      AssertionError [ERR_ASSERTION]: 1 == 2
      + expected - actual

      at Context.<anonymous> (e2e/kernel/traffic.test.ts:81:14)

  2) real packets
       "after all" hook for "is silent":
     Error: Timeout of 20000ms exceeded.
`;

describe('failures of a suite', () => {
  it('are a line each, with the title and the error', () => {
    assert.deepEqual(failures(mochaOutput), [
      'real packets IPv4: after a while answers: AssertionError [ERR_ASSERTION]: 1 == 2',
      'real packets "after all" hook for "is silent": Error: Timeout of 20000ms exceeded.',
    ]);
  });

  it('are the last lines where no test is named', () => {
    assert.deepEqual(failures('a\nb\n\nc\nd\ne\nf\n'), ['b', 'c', 'd', 'e', 'f']);
  });
});
