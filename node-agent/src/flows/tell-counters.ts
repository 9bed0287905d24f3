import type { Log } from '@weir/log/log.ts';
import type { Counters } from '../kernel/control.ts';

/** Logs every so often what was counted since the last time. @returns what ends it */
export function tellCounters(read: () => Counters, log: Log, everyMs: number): () => void {
  let told = read();
  const timer = setInterval(() => {
    const now = read();
    const since = (counter: keyof Counters): number => {
      // Counting begins anew with other maps.
      const former = now[counter] < told[counter] ? 0 : told[counter];
      return now[counter] - former;
    };
    const packets = since('observedDenials');
    if (packets > 0) log.info('packets would have been denied', { packets, total: now.observedDenials });
    const [lost, limited] = [since('lostEvents'), since('limitedEvents')];
    if (lost + limited > 0) log.info('flows were not told', { lost, limited });
    told = now;
  }, everyMs);
  return () => clearInterval(timer);
}
