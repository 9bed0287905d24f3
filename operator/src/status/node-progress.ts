import type { Digest } from '@weir/proto/digest.ts';
import { equalDigest } from '@weir/proto/digest.ts';
import type { NodeStatus } from '../push/node-status.ts';

/** Something that was published and that the node has not confirmed. */
interface Open {
  /** Of the batch. */
  readonly batch: number;
  readonly revision: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/**
 * Which batches of changes one node enforces. A node that is changed faster than it applies is never at the newest
 * revision, so batches are compared and not digests; and since revisions are numbered anew when an agent comes from
 * another operator, a number counts only where it was sent in the stream that confirms it.
 */
export class NodeProgress {
  #open: Open[] = [];
  #seen: { readonly digest: Digest | undefined; readonly revision: number } = {
    digest: undefined,
    revision: 0,
  };
  /** Revisions sent since the agent's Hello, from the one that it confirmed last. */
  #sent: number[] = [];

  /** The batch has changed the node's bundle, which has that revision now. */
  published(batch: number, revision: number, at: number): void {
    this.#open.push({ batch, revision, at });
  }

  /** What push knows has changed. @returns whether the node has confirmed something */
  follow(status: NodeStatus, at: number): boolean {
    const before = this.#open.length;
    const { digest, revision } = this.#seen;
    this.#seen = { digest: status.digest, revision: status.revision };
    if (status.digest === undefined) return false;
    if (status.behindSince === undefined) {
      this.#open = [];
      this.#sent = [];
      return before > 0;
    }
    this.#noteSent(status);
    // A new digest is a change that `published` is about to tell.
    if (digest === undefined || !equalDigest(digest, status.digest)) return false;
    if (revision !== status.revision) this.#renumber(status.revision);
    if (before === 0) {
      // What it enforced is lost, as after a reboot: nothing is confirmed any more.
      this.#open = [{ batch: 0, revision: status.revision, at }];
      return false;
    }
    return this.#confirm(status.enforced) < before;
  }

  /** Whether the node enforces what the batch has published, or something newer. */
  confirms(batch: number): boolean {
    const [oldest] = this.#open;
    return this.#seen.digest !== undefined && (oldest === undefined || oldest.batch > batch);
  }

  /** When the oldest that the node does not enforce was published, in milliseconds since 1970; undefined: it does. */
  get behindSince(): number | undefined {
    return this.#open[0]?.at;
  }

  #noteSent({ sent }: NodeStatus): void {
    if (sent === 0) this.#sent = [];
    else if (this.#sent.at(-1) !== sent) this.#sent.push(sent);
  }

  /** Which of the old numbers the agent means is not known. */
  #renumber(revision: number): void {
    const [oldest] = this.#open;
    if (oldest) this.#open = [{ batch: oldest.batch, revision, at: oldest.at }];
  }

  #confirm(enforced: number): number {
    const index = this.#sent.lastIndexOf(enforced);
    if (index >= 0) {
      this.#sent.splice(0, index);
      this.#open = this.#open.filter(({ revision }) => revision > enforced);
    }
    return this.#open.length;
  }
}
