import type { NodeStatus } from '../push/node-status.ts';
import type { NodeObject } from '../source/kube/object-facts.ts';
import { NodeProgress } from './node-progress.ts';

/** What has come of a node's newest status. */
export interface NodeNews {
  /** Whether the node enforces something that it did not before. */
  readonly confirmed: boolean;
  /** Uids of pods that can be covered now, or no longer. */
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
  /** Uids of pods that can't be covered. */
  readonly #uncovered = new Map<string, readonly string[]>();

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
    for (const kept of [this.#objects, this.#progress, this.#errors, this.#uncovered]) kept.delete(name);
  }

  followStatus(node: string, status: NodeStatus): NodeNews {
    const { error } = status;
    const confirmed = this.#progressOf(node).follow(status, this.#clock());
    const failure = error === this.#errors.get(node) ? undefined : error;
    if (error !== undefined) this.#errors.set(node, error);
    else if (this.#errors.size > 0) this.#errors.delete(node);
    return { confirmed, failure, coverage: this.#newCoverage(node, status.uncovered) };
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

  #newCoverage(node: string, uids: readonly string[]): readonly string[] {
    const former = this.#uncovered.get(node) ?? [];
    if (former.length === uids.length && former.every((uid, index) => uid === uids[index])) return [];
    this.#uncovered.set(node, uids);
    const [before, now] = [new Set(former), new Set(uids)];
    return [...former.filter((uid) => !now.has(uid)), ...uids.filter((uid) => !before.has(uid))];
  }
}
