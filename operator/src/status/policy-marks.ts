/** A policy's newest version as it was published. */
export interface Mark {
  readonly batch: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** How long somebody who has changed a policy is thought to wait for it. */
const waitMs = 300_000;

/** Which versions of policies were published when, and which node each waits for. */
export class PolicyMarks {
  readonly #marks = new Map<string, Mark>();
  /** Policies to look at when the node has confirmed something: each waits for one node at a time. */
  readonly #waiting = new Map<string, Set<string>>();
  #batch = 0;

  /** Another batch of changes. @returns its number */
  begin(): number {
    this.#batch += 1;
    return this.#batch;
  }

  /** The batch has a version of the policy. @param at milliseconds since 1970 */
  set(key: string, at: number): void {
    this.#marks.set(key, { batch: this.#batch, at });
  }

  delete(key: string): void {
    this.#marks.delete(key);
  }

  /** Undefined: it is not compiled yet. */
  get(key: string): Mark | undefined {
    return this.#marks.get(key);
  }

  /** Whether somebody may be waiting for it; nobody is for what is found at the start. @param now milliseconds since 1970 */
  isFresh(key: string, now: number): boolean {
    const mark = this.#marks.get(key);
    return mark !== undefined && mark.batch > 1 && now - mark.at < waitMs;
  }

  /** The policy is to be looked at when the node has confirmed something. */
  await(key: string, node: string): void {
    const waiting = this.#waiting.get(node) ?? new Set();
    this.#waiting.set(node, waiting.add(key));
  }

  /** Policies that have waited for the node. */
  takeWaiting(node: string): Iterable<string> {
    const keys = this.#waiting.get(node) ?? [];
    this.#waiting.delete(node);
    return keys;
  }
}
