import type { NodeStatus } from '../push/node-status.ts';
import type { NodeObject } from '../source/kube/object-facts.ts';
import { NodeProgress } from './node-progress.ts';

/** What has come of a node's newest status. */
export interface NodeNews {
  /** Whether the node enforces something that it did not before. */
  readonly confirmed: boolean;
  /** Uids of pods whose coverage is another. */
  readonly coverage: readonly string[];
  /** An error that it did not have before. */
  readonly failure: string | undefined;
}

/** What is known of nodes: their objects, and what has become of what was published for them. */
export class NodeBook {
  readonly #clock: () => number;
  readonly #objects = new Map<string, NodeObject>();
  readonly #progress = new Map<string, NodeProgress>();
  readonly #errors = new Map<string, string>();
  readonly #coverage = new Map<string, Coverage>();

  /** @param clock milliseconds since 1970 */
  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** Undefined: there is no such Node any more. */
  follow(name: string, object: NodeObject | undefined): void {
    if (object) {
      this.#objects.set(name, object);
      return;
    }
    for (const kept of [this.#objects, this.#progress, this.#errors, this.#coverage]) kept.delete(name);
  }

  followStatus(node: string, status: NodeStatus): NodeNews {
    const { error } = status;
    const confirmed = this.#progressOf(node).follow(status, this.#clock());
    const failure = error === this.#errors.get(node) ? undefined : error;
    if (error !== undefined) this.#errors.set(node, error);
    else if (this.#errors.size > 0) this.#errors.delete(node);
    return { confirmed, failure, coverage: this.#newCoverage(node, status) };
  }

  /** A batch has changed the node's bundle, which has that revision now. @param at milliseconds since 1970 */
  published(node: string, batch: number, revision: number, at: number): void {
    this.#progressOf(node).published(batch, revision, at);
  }

  get names(): Iterable<string> {
    return this.#objects.keys();
  }

  object(node: string): NodeObject | undefined {
    return this.#objects.get(node);
  }

  /** Undefined: nothing was published for it. */
  progress(node: string): NodeProgress | undefined {
    return this.#progress.get(node);
  }

  #progressOf(node: string): NodeProgress {
    let progress = this.#progress.get(node);
    if (!progress) {
      progress = new NodeProgress();
      this.#progress.set(node, progress);
    }
    return progress;
  }

  #newCoverage(node: string, { uncovered, attaching }: Coverage): readonly string[] {
    const former = this.#coverage.get(node) ?? { uncovered: [], attaching: [] };
    const changed = new Set([
      ...differences(former.uncovered, uncovered),
      ...differences(former.attaching, attaching),
    ]);
    if (changed.size > 0) this.#coverage.set(node, { uncovered, attaching });
    return [...changed];
  }
}

type Coverage = Pick<NodeStatus, 'uncovered' | 'attaching'>;

function differences(former: readonly string[], now: readonly string[]): readonly string[] {
  if (former.length === now.length && former.every((uid, index) => uid === now[index])) return [];
  const [before, after] = [new Set(former), new Set(now)];
  return [...former.filter((uid) => !after.has(uid)), ...now.filter((uid) => !before.has(uid))];
}
