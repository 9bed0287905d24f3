/** Wait before something is tried again: the first time, and at most; it doubles. In milliseconds. */
export interface BackoffMs {
  readonly first: number;
  readonly most: number;
}

/**
 * The wait before the next try, shortened by chance, by half at most, so that many that failed together don't come
 * back together.
 *
 * @param tries that have failed in a row, at least 1
 * @param random from 0 to 1
 */
export function backoffMs(tries: number, { first, most }: BackoffMs, random: () => number): number {
  // More doublings would overflow, and are over any limit.
  const step = Math.min(most, first * 2 ** Math.min(tries - 1, 30));
  return step * (0.5 + random() / 2);
}
