import { type Digest, equalDigest } from '@weir/proto/digest.ts';
import type { BundleChange } from '../bundle/bundle-change.ts';
import type { NodeBundle } from '../bundle/node-bundle.ts';
import { NodeLog } from './node-log.ts';
import { type NodeStatus, unknownStatus } from './node-status.ts';

/** All that push keeps of a node, whether its agent is connected or not. */
export class NodeRecord {
  readonly #clock: () => number;
  readonly #report: (status: NodeStatus) => void;
  #log: NodeLog | undefined;
  /** The last that was given, also where the bundle is gone since. */
  #revision = 0;
  #status: NodeStatus = unknownStatus;

  constructor(clock: () => number, report: (status: NodeStatus) => void) {
    this.#clock = clock;
    this.#report = report;
  }

  get status(): NodeStatus {
    return this.#status;
  }

  /** Revisions and changes; undefined while the node has no bundle. */
  get log(): NodeLog | undefined {
    return this.#log;
  }

  /** The node's bundle is this now; the changes led to it. */
  follow(bundle: NodeBundle | undefined, changes: readonly BundleChange[]): void {
    if (!bundle) this.#log = undefined;
    else if (!this.#log) this.#open(bundle.digest);
    else {
      for (const change of changes) this.#log.append(change);
      if (!equalDigest(this.#log.digest, bundle.digest)) this.#log.restart(bundle.digest);
    }
    this.#revision = this.#log?.revision ?? this.#revision;
    this.update({});
  }

  /** The agent enforces this bundle, under a number that an operator gave it; `more` is told with it. */
  enforces(enforced: number, enforcedDigest: Digest | undefined, more: Partial<NodeStatus>): void {
    this.#log?.adopt(enforced, enforcedDigest);
    this.update({ ...more, enforced, enforcedDigest });
  }

  /** Changes what is known and reports it. */
  update(change: Partial<NodeStatus>): void {
    const status = { ...this.#status, ...change };
    const { enforcedDigest } = status;
    const digest = this.#log?.digest;
    const behind = digest !== undefined && !(enforcedDigest && equalDigest(enforcedDigest, digest));
    this.#status = {
      ...status,
      revision: this.#log?.revision ?? 0,
      digest,
      behindSince: behind ? (status.behindSince ?? this.#clock()) : undefined,
    };
    this.#report(this.#status);
  }

  #open(digest: Digest): void {
    this.#log = new NodeLog(digest, this.#revision + 1);
    this.#log.adopt(this.#status.enforced, this.#status.enforcedDigest);
  }
}
