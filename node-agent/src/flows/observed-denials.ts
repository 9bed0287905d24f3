import type { Log } from '@weir/log/log.ts';

/** Logs every so often how many denials there would have been, where nothing is dropped. @returns what ends it */
export function tellObservedDenials(read: () => number, log: Log, everyMs: number): () => void {
  let told = read();
  const timer = setInterval(() => {
    const now = read();
    // The counter begins anew with other maps.
    if (now === told) return;
    log.info('packets would have been denied', { packets: now >= told ? now - told : now, total: now });
    told = now;
  }, everyMs);
  return () => clearInterval(timer);
}
