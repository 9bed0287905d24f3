import type { BundleKeeper } from './bundle-keeper.ts';
import type { BundleOutlook } from './bundle-outlook.ts';
import type { NodeBook } from './node-book.ts';
import type { PolicyKeeper } from './policy-keeper.ts';
import type { Urgency } from './urgency.ts';

/** Nodes, policies and writes in numbers; empty where this operator does not lead, so that none is counted twice. */
export interface StatusCounts {
  /** By the reason of their Ready; `Untold` where nothing can be said yet. */
  readonly nodes: ReadonlyMap<string, number>;
  /** By the reason of their Enforced as the API server has it; `Untold` where it has none. */
  readonly policies: ReadonlyMap<string, number>;
  /** Writes that wait, by urgency. */
  readonly waiting: ReadonlyMap<Urgency, number>;
  /** How long the oldest change waits that a connected node does not enforce, in seconds. */
  readonly behindSeconds: number;
}

export interface Counted {
  readonly nodes: NodeBook;
  readonly bundles: Pick<BundleKeeper, 'storedStatus'>;
  readonly outlook: BundleOutlook;
  readonly policies: Pick<PolicyKeeper, 'conditions'>;
  /** Keys of all policies. */
  readonly keys: Iterable<string>;
}

const untold = 'Untold';

export const countNodes = ({ nodes, bundles, outlook }: Counted): ReadonlyMap<string, number> =>
  count(
    [...nodes.names].map((node) => outlook.finding(node, bundles.storedStatus(node))?.ready.reason ?? untold),
  );

export const countPolicies = ({ policies, keys }: Counted): ReadonlyMap<string, number> =>
  count(
    [...keys].map(
      (key) => policies.conditions(key)?.find(({ type }) => type === 'Enforced')?.reason ?? untold,
    ),
  );

/** Of nodes whose agents are connected, in milliseconds. @param now milliseconds since 1970 */
export function oldestBehind({ nodes, outlook }: Counted, now: number): number {
  const since = [...nodes.names].map((node) => outlook.behindSince(node) ?? now);
  return since.reduce((most, one) => Math.max(most, now - one), 0);
}

export const nothingCounted: StatusCounts = {
  nodes: new Map(),
  policies: new Map(),
  waiting: new Map(),
  behindSeconds: 0,
};

function count(words: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}
