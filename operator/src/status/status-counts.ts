import type { Keepers } from './keepers.ts';
import { type Urgency, urgencies } from './urgency.ts';

/** Nodes, policies and writes in numbers. */
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

const untold = 'Untold';

/** Of an operator that does not lead, so that nothing is counted twice. */
export const nothingCounted: StatusCounts = {
  nodes: new Map(),
  policies: new Map(),
  waiting: new Map(),
  behindSeconds: 0,
};

/** @param keys of all policies @param now milliseconds since 1970 */
export function countStatus(keepers: Keepers, keys: Iterable<string>, now: number): StatusCounts {
  const { nodes, bundles, outlook, policies } = keepers;
  const names = [...nodes.names];
  const ready = (node: string) => outlook.finding(node, bundles.storedStatus(node))?.ready.reason;
  const enforced = (key: string) => policies.conditions(key)?.find(({ type }) => type === 'Enforced')?.reason;
  const behind = names.map((node) => now - (outlook.behindSince(node) ?? now));
  return {
    nodes: countWords(names.map(ready)),
    policies: countWords([...keys].map(enforced)),
    waiting: new Map(urgencies.map((urgency) => [urgency, waiting(keepers, urgency)])),
    behindSeconds: behind.reduce((most, one) => Math.max(most, one), 0) / 1_000,
  };
}

const waiting = ({ gate, bundles, policies, events, versionKeeper }: Keepers, urgency: Urgency): number =>
  [bundles, policies, events, versionKeeper].reduce(
    (sum, one) => sum + one.depth(urgency),
    gate.waiting(urgency),
  );

function countWords(words: readonly (string | undefined)[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word ?? untold, (counts.get(word ?? untold) ?? 0) + 1);
  return counts;
}
