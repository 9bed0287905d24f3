import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, it } from 'mocha';
import type { Engine } from './name-engines.ts';
import { type EngineWatchOptions, watchEngines } from './watch-engines.ts';

const silent = () => undefined;
const log = { error: silent, warn: silent, info: silent, debug: silent };
const cilium: readonly Engine[] = [{ name: 'cilium', active: true, evidence: ['interface cilium_host'] }];
const names = (engines: readonly Engine[]): string => engines.map(({ name }) => name).join();

/** Watches until the condition holds, 5 s at most. */
async function watched(options: Partial<EngineWatchOptions>, condition: () => boolean): Promise<void> {
  const unwatch = await watchEngines({
    look: () => [],
    log,
    onChange: async () => undefined,
    everyMs: 2,
    ...options,
  });
  try {
    for (let tries = 0; !condition() && tries < 1000; tries++) await sleep(5);
    assert.ok(condition(), 'it never happened');
  } finally {
    unwatch();
  }
}

describe('watch of other policy engines', () => {
  it('tells of a change again until it is told with success, and then no more', async () => {
    let looks = 0;
    const told: string[] = [];
    const errors: unknown[][] = [];
    await watched(
      {
        look: () => (looks++ === 0 ? [] : cilium),
        log: { ...log, error: (...line) => errors.push(line) },
        onChange: async (engines) => {
          told.push(names(engines));
          if (told.length < 3) throw new Error(`no ${told.length}`);
        },
      },
      () => told.length >= 3 && looks >= 20,
    );
    assert.deepEqual(told, ['cilium', 'cilium', 'cilium']);
    assert.deepEqual(
      errors,
      ['Error: no 1', 'Error: no 2'].map((error) => ['other policy engines can not be followed', { error }]),
    );
  });

  it('tells also of what was known before, where telling of another has failed in between', async () => {
    const finds = [cilium, [], cilium];
    const told: string[] = [];
    await watched(
      {
        look: () => finds.shift() ?? cilium,
        onChange: async (engines) => {
          told.push(names(engines));
          if (engines.length === 0) throw new Error('half of it is done');
        },
      },
      () => told.length > 2,
    );
    assert.deepEqual(told, ['cilium', '', 'cilium']);
  });

  it('does not look while a change is being told', async () => {
    let looks = 0;
    let telling = 0;
    let most = 0;
    await watched(
      {
        look: () => (looks++ % 2 === 0 ? cilium : []),
        onChange: async () => {
          most = Math.max(most, ++telling);
          await sleep(15);
          telling--;
        },
      },
      () => looks > 4,
    );
    assert.equal(most, 1);
  });
});
