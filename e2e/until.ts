import { setTimeout as sleep } from 'node:timers/promises';

/** Asking a program or a server takes its time; what is in memory is looked at more often. */
const pauseMs = { asked: 50, known: 2 };

/**
 * Waits for a condition; rejects after `ms` milliseconds.
 * @param what is waited for; as a function it is asked only at the end, so that it can say how far things came
 */
export async function until(
  what: string | (() => string),
  holds: () => boolean | Promise<boolean>,
  ms = 30_000,
): Promise<void> {
  const end = performance.now() + ms;
  for (;;) {
    const answer = holds();
    if (await answer) return;
    if (performance.now() > end) {
      throw new Error(`not within ${ms} ms: ${typeof what === 'string' ? what : what()}`);
    }
    await sleep(typeof answer === 'boolean' ? pauseMs.known : pauseMs.asked);
  }
}
