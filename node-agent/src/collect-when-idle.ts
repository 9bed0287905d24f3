import { performance } from 'node:perf_hooks';

/** What is looked at every so often. */
export interface Look {
  /** Bytes that V8 has committed or looks after: of the heap, and of buffers. */
  readonly held: number;
  /** The part of the time since the last look in which the event loop was busy, from 0 to 1. */
  readonly busy: number;
}

/** Less than this is not worth a pause. */
const leastBytes = 2_000_000;
/** After one that gave back more than this another one does so too: buffers go when what named them has gone. */
const moreBytes = 500_000;
const idleShare = 0.1;

/** Decides when to collect: nothing is going on, and there is something to give back. */
export class IdleCollection {
  #kept = 0;
  #more = false;

  isDue({ held, busy }: Look): boolean {
    return busy < idleShare && (this.#more || held - this.#kept > leastBytes);
  }

  /** Bytes that were held before a collection, and are after it. */
  collected(before: number, after: number): void {
    this.#more = before - after > moreBytes;
    this.#kept = after;
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
    const before = held();
    if (!collection.isDue({ held: before, busy })) return;
    collect();
    collection.collected(before, held());
  };
  setInterval(look, everyMs).unref();
}

function held(): number {
  const { heapTotal, external } = process.memoryUsage();
  return heapTotal + external;
}
