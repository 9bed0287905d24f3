import type { PodView } from '../cluster/pod-view.ts';

/**
 * The lines of agents' logs that tell of denied flows from or to a pod. Programs tell every denial, so that an allowed
 * packet which was lost without one was not misjudged: it met a full queue, or a neighbour that was being asked for.
 */
export const toldDenials = (logs: readonly string[], { addresses }: PodView): readonly string[] =>
  logs
    .flatMap((log) => log.split('\n'))
    .filter(
      (line) => line.includes('"flow denied"') && addresses.some((address) => line.includes(`"${address}"`)),
    );

/** Of so many allowed packets one may be lost on a busy machine without a denial. */
export const packetsOfOneLoss = 1_000;
