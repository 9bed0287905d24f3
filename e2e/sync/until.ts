import { setTimeout as sleep } from 'node:timers/promises';

/** Waits for a condition; rejects after `ms` milliseconds. */
export async function until(what: string, holds: () => boolean, ms = 5_000): Promise<void> {
  const end = performance.now() + ms;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`not within ${ms} ms: ${what}`);
    await sleep(2);
  }
}
