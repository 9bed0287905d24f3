import type { BundleChange } from '@weir/operator/src/bundle/bundle-change.ts';
import type { NodeBundle } from '@weir/operator/src/bundle/node-bundle.ts';
import { NodeRecord } from '@weir/operator/src/push/node-record.ts';
import { type NodeStatus, unknownStatus } from '@weir/operator/src/push/node-status.ts';

export interface SimulatedNodesOptions {
  readonly bundle: (node: string) => NodeBundle | undefined;
  readonly onStatus: (node: string, status: NodeStatus) => void;
  /** Longest time from a revision to its report, in milliseconds. */
  readonly applyMs: number;
}

/** Push with agents that are no processes: thousands of nodes whose every revision is reported a little later. */
export class SimulatedNodes {
  readonly #options: SimulatedNodesOptions;
  readonly #records = new Map<string, NodeRecord>();
  readonly #applying = new Map<string, NodeJS.Timeout>();

  constructor(options: SimulatedNodesOptions) {
    this.#options = options;
  }

  status(node: string): NodeStatus {
    return this.#records.get(node)?.status ?? unknownStatus;
  }

  /** As PushServer.publish. */
  publish(changes: readonly BundleChange[]): void {
    for (const [node, ofNode] of Map.groupBy(changes, (change) => change.node)) {
      this.#record(node).follow(this.#options.bundle(node), ofNode);
      this.#apply(node);
    }
  }

  stop(): void {
    for (const timer of this.#applying.values()) clearTimeout(timer);
  }

  #record(node: string): NodeRecord {
    let record = this.#records.get(node);
    if (!record) {
      const report = (status: NodeStatus) => this.#options.onStatus(node, status);
      record = new NodeRecord({ clock: Date.now, observed: false, report });
      this.#records.set(node, record);
      record.follow(this.#options.bundle(node), []);
      const capabilities = ['attach=tcx', 'kernel=6.18.0'];
      record.enforces(0, undefined, { connected: true, version: 'v1', capabilities, sent: 0 });
    }
    return record;
  }

  /** What is newest when it begins; what comes meanwhile waits. */
  #apply(node: string): void {
    const record = this.#record(node);
    const { revision, digest } = record.status;
    if (this.#applying.has(node) || !digest) return;
    record.update({ sent: revision });
    const timer = setTimeout(() => {
      this.#applying.delete(node);
      const counts = { endpoints: 1, tables: 1, prefixes: 1, uncovered: 0 };
      record.enforces(revision, digest, { error: undefined, applyNs: 1e6, counts });
      if (record.status.revision !== revision) this.#apply(node);
    }, Math.random() * this.#options.applyMs);
    this.#applying.set(node, timer);
  }
}
