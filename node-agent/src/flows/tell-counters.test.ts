import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, it } from 'mocha';
import { tellCounters } from './tell-counters.ts';

describe('what the programs counted', () => {
  it('is told where there was more of it, also after the counters began anew', async () => {
    const read = [
      { denials: 0, observedDenials: 5, lostEvents: 0, limitedEvents: 7 },
      { denials: 0, observedDenials: 9, lostEvents: 0, limitedEvents: 7 },
      { denials: 0, observedDenials: 9, lostEvents: 0, limitedEvents: 7 },
      { denials: 0, observedDenials: 9, lostEvents: 1, limitedEvents: 3 },
    ];
    const lines: unknown[] = [];
    const add = (message: string, fields?: Readonly<Record<string, unknown>>) =>
      lines.push([message, fields]);
    const next = () => read.shift() ?? { denials: 0, observedDenials: 9, lostEvents: 1, limitedEvents: 3 };
    const end = tellCounters(next, { error: add, warn: add, info: add, debug: add }, 1);
    while (read.length > 0) await sleep(1);
    end();
    assert.deepEqual(lines, [
      ['packets would have been denied', { packets: 4, total: 9 }],
      ['flows were not told', { lost: 1, limited: 3 }],
    ]);
  });
});
