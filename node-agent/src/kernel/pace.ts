import { setImmediate } from 'node:timers/promises';
import type { Clock } from './clock.ts';

const longestMs = 1;

/** A pause for long work on the event loop: gives way only once a millisecond has gone by since it last did. */
export function pace(clock: Clock): () => Promise<void> {
  let since = clock.monotonic();
  return async () => {
    if (clock.monotonic() - since < longestMs) return;
    await setImmediate();
    since = clock.monotonic();
  };
}
