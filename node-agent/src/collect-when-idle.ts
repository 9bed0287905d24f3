import { performance } from 'node:perf_hooks';

/** What is looked at every so often. */
export interface Look {
  /** Bytes of the heap that are committed. */
  readonly heap: number;
  /** The part of the time since the last look in which the event loop was busy, from 0 to 1. */
  readonly busy: number;
}

/** Less than this is not worth a pause. */
const leastBytes = 2_000_000;
const idleShare = 0.1;

/** Decides when to collect: the heap has grown since the last collection, and nothing is going on. */
export class IdleCollection {
  #kept = 0;

  isDue({ heap, busy }: Look): boolean {
    return busy < idleShare && heap - this.#kept > leastBytes;
  }

  /** @param heap bytes that are committed after a collection */
  collected(heap: number): void {
    this.#kept = heap;
  }
}

/**
 * Gives memory back after a burst. V8 keeps what a whole bundle took to decode as room for the next one, which may be
 * days away; a collection that compacts stops the agent for 30 to 100 ms, the programs in the kernel go on.
 *
 * @param collect collects all and gives back what it can
 */
export function collectWhenIdle(collect: () => void, everyMs: number): void {
  const collection = new IdleCollection();
  let former = performance.eventLoopUtilization();
  const look = (): void => {
    const now = performance.eventLoopUtilization();
    const busy = performance.eventLoopUtilization(now, former).utilization;
    former = now;
    if (!collection.isDue({ heap: process.memoryUsage().heapTotal, busy })) return;
    collect();
    collection.collected(process.memoryUsage().heapTotal);
  };
  setInterval(look, everyMs).unref();
}
