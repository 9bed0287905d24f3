import { type Digest, equalDigest } from '@weir/proto/digest.ts';
import type { BundleChange } from '../bundle/bundle-change.ts';
import type { NodeBundle } from '../bundle/node-bundle.ts';
import { NodeLog } from './node-log.ts';
import { type NodeStatus, observeOnly, unknownStatus } from './node-status.ts';

export interface NodeRecordOptions {
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** The administrator wants nothing dropped there. */
  readonly observed: boolean;
  readonly report: (status: NodeStatus) => void;
}

/** All that push keeps of a node, whether its agent is connected or not. */
export class NodeRecord {
  readonly #options: NodeRecordOptions;
  #log: NodeLog | undefined;
  /** The last that was given, also where the bundle is gone since. */
  #revision = 0;
  #status: NodeStatus;

  constructor(options: NodeRecordOptions) {
    this.#options = options;
    this.#status = { ...unknownStatus, mode: options.observed ? 'observe' : 'enforce' };
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
    const { clock, observed, report } = this.#options;
    const { enforcedDigest, capabilities } = status;
    const digest = this.#log?.digest;
    const behind = digest !== undefined && !(enforcedDigest && equalDigest(enforcedDigest, digest));
    this.#status = {
      ...status,
      mode: observed || capabilities.includes(observeOnly) ? 'observe' : 'enforce',
      revision: this.#log?.revision ?? 0,
      digest,
      behindSince: behind ? (status.behindSince ?? clock()) : undefined,
    };
    report(this.#status);
  }

  #open(digest: Digest): void {
    this.#log = new NodeLog(digest, this.#revision + 1);
    this.#log.adopt(this.#status.enforced, this.#status.enforcedDigest);
  }
}
