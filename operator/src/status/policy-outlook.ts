import type { Pipeline } from '../pipeline.ts';
import type { NodeStatus } from '../push/node-status.ts';
import type { PolicyObject } from '../source/kube/object-facts.ts';
import type { Condition } from './condition.ts';
import type { NodeBook } from './node-book.ts';
import { type NodeStanding, policyFindings, toldEnforced } from './policy-findings.ts';
import type { PolicyFinding } from './policy-keeper.ts';
import type { Mark, PolicyMarks } from './policy-marks.ts';
import { standingOf } from './policy-standing.ts';

export interface PolicyOutlookOptions {
  readonly pipeline: Pick<Pipeline, 'state' | 'nodesOf' | 'policiesOf'>;
  readonly nodeStatus: (node: string) => NodeStatus;
  readonly nodes: NodeBook;
  readonly marks: PolicyMarks;
  /** Undefined: it is gone. */
  readonly object: (key: string) => PolicyObject | undefined;
  /** Whether the API server knows of an agent of that node. */
  readonly hadAgent: (node: string) => boolean;
  /** When this operator began to lead, in milliseconds since 1970; undefined: it does not. */
  readonly ledSince: () => number | undefined;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

/** How long agents have to come to a new leader, before it says of nodes that they have none. */
export const graceMs = 30_000;
/** Most versions are enforced everywhere within that, so that telling of the way there would be a write for nothing. */
const passingMs = 500;
const recheck = { applying: 2_000, behind: 30_000 };

/** What policies' conditions are to say, as things are now. */
export class PolicyOutlook {
  readonly #options: PolicyOutlookOptions;

  constructor(options: PolicyOutlookOptions) {
    this.#options = options;
  }

  finding(key: string, stored: readonly Condition[]): PolicyFinding {
    const { pipeline, clock, object: objectOf, marks, ledSince } = this.#options;
    const object = objectOf(key);
    const mark = marks.get(key);
    const state = pipeline.state.policies.get(key);
    // It has come a moment ago and is not compiled yet.
    if (!object || !mark || !state) return { findings: [], recheckMs: undefined, isPassing: true };
    const now = clock();
    const since = ledSince() ?? now;
    const nodes = pipeline.nodesOf(key).map((node) => this.#standing(key, node, mark, since, now));
    const findings = policyFindings({
      refused: object.refused,
      withheld: state.withheld,
      accepted: state.accepted,
      nodes,
      wasEnforced: toldEnforced(stored, object.generation),
    });
    const isApplying = findings.some(({ reason }) => reason === 'Applying');
    // Who has just changed the policy is told that it waits for agents that may never come.
    const mayCome =
      now - since < graceMs && !marks.isFresh(key, now) && nodes.some((one) => this.#isAwaited(one));
    const isPassing = isApplying && (mayCome || now - Math.max(mark.at, since) < passingMs);
    return { findings, isPassing, recheckMs: this.#await(key, nodes, isPassing) };
  }

  #standing(key: string, node: string, { batch, at }: Mark, ledSince: number, now: number): NodeStanding {
    const { nodeStatus, nodes, hadAgent } = this.#options;
    const status = nodeStatus(node);
    const progress = nodes.progress(node);
    const confirmed = progress?.confirms(batch) ?? false;
    const observed = status.mode === 'observe';
    // Of most nodes, and this is asked of thousands.
    if (confirmed && !observed && status.uncovered.length === 0) return { node, kind: 'enforced' };
    return standingOf({
      node,
      observed,
      ready: nodes.object(node)?.ready,
      status,
      hadAgent: status.version !== '' || hadAgent(node),
      confirmed,
      uncovered: this.#selected(key, status.uncovered),
      attaching: this.#selected(key, status.attaching),
      waitingSince: Math.max(at, progress?.behindSince ?? 0, ledSince),
      now,
    });
  }

  #isAwaited({ node, kind }: NodeStanding): boolean {
    return kind === 'applying' && this.#options.nodeStatus(node).version === '';
  }

  #selected(key: string, uids: readonly string[]): number {
    return uids.filter((uid) => this.#options.pipeline.policiesOf(uid).has(key)).length;
  }

  /** Sees to it that the policy is looked at when it may have come further. @returns when to look anyway */
  #await(key: string, nodes: readonly NodeStanding[], isPassing: boolean): number | undefined {
    const applying = nodes.find(({ kind }) => kind === 'applying');
    const first = applying ?? nodes.find(({ kind }) => kind === 'lagging' || kind === 'apart');
    if (!first) return undefined;
    this.#options.marks.await(key, first.node);
    if (isPassing) return passingMs;
    return applying ? recheck.applying : recheck.behind;
  }
}
