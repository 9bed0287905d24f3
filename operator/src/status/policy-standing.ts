import type { NodeStatus } from '../push/node-status.ts';
import type { NodeStanding } from './policy-findings.ts';

/** All that one node's standing with one version of a policy depends on. Times in milliseconds since 1970. */
export interface StandingFacts {
  readonly node: string;
  readonly observed: boolean;
  /** Of the Node object; undefined: there is none. */
  readonly ready: boolean | undefined;
  readonly status: NodeStatus;
  /** Whether an agent has ever come, to whichever operator. */
  readonly hadAgent: boolean;
  /** Whether the node enforces the version. */
  readonly confirmed: boolean;
  /** Pods that the policy selects and that can't be covered, or are not attached to yet. */
  readonly uncovered: number;
  /** Those of these that the agent is about to attach to. */
  readonly attaching: number;
  /** Since when this operator waits for the node. */
  readonly waitingSince: number;
  readonly now: number;
}

/** After which a node is lagging, or is no longer waited for. */
export const lagMs = 30_000;

export function standingOf(facts: StandingFacts): NodeStanding {
  const { node, observed, confirmed, uncovered, attaching, status } = facts;
  if (observed) return { node, kind: 'apart', reason: 'observe' };
  if (confirmed && uncovered > attaching) return { node, kind: 'uncovered', pods: uncovered - attaching };
  if (confirmed && attaching > 0) return { node, kind: 'attaching', pods: attaching };
  if (confirmed) return { node, kind: 'enforced' };
  if (facts.now - facts.waitingSince < lagMs) return { node, kind: 'applying' };
  const absence = absenceOf(facts);
  if (absence !== undefined) return { node, kind: 'apart', reason: absence };
  return { node, kind: 'lagging', reason: status.connected ? (status.error ?? '') : 'no agent is connected' };
}

function absenceOf({ ready, hadAgent }: StandingFacts): string | undefined {
  if (ready === undefined) return 'no such Node';
  if (!ready) return 'NotReady';
  return hadAgent ? undefined : 'NoAgent';
}
