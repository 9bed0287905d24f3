/** What a write of status is for, the most urgent first. */
export const urgencies = [
  /** An accepted version whose policy has been refused since: it is nowhere but in this operator. */
  'rescue',
  /** That a node has a PolicyBundle, and whether it is Ready. */
  'node',
  /** Conditions of a policy that somebody has just changed, and may wait for. */
  'waited',
  /** A version that was accepted just now. */
  'version',
  /** Conditions of policies that nobody has changed for a while. */
  'older',
  /** Numbers that go on, Events, and what was there before. */
  'routine',
] as const;

export type Urgency = (typeof urgencies)[number];

/**
 * Of all turns, how many each kind gets even while more urgent ones never cease; what is left goes to the most
 * urgent. All together less than 1.
 */
export const shares: Readonly<Record<Urgency, number>> = {
  rescue: 0,
  node: 3 / 16,
  waited: 4 / 16,
  version: 4 / 16,
  older: 2 / 16,
  routine: 1 / 16,
};
