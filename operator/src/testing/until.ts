import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds: a machine may have other work, or stand still. */
const patience = 30_000;

/** Waits for what other work of this process brings about. */
export async function until(what: string, holds: () => boolean): Promise<void> {
  for (const end = performance.now() + patience; !holds(); await sleep(1))
    assert.ok(performance.now() < end, `not within ${patience} ms: ${what}`);
}
