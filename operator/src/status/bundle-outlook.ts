import type { NodeStatus } from '../push/node-status.ts';
import { type BundleFinding, type BundleStatus, bundleFinding, keepUpMs } from './bundle-status.ts';
import type { NodeBook } from './node-book.ts';
import { graceMs } from './policy-outlook.ts';

export interface BundleOutlookOptions {
  readonly nodeStatus: (node: string) => NodeStatus;
  readonly nodes: NodeBook;
  /** When this operator began to lead, in milliseconds since 1970; undefined: it does not. */
  readonly ledSince: () => number | undefined;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

/** What PolicyBundles are to say, as things are now. */
export class BundleOutlook {
  readonly #options: BundleOutlookOptions;

  constructor(options: BundleOutlookOptions) {
    this.#options = options;
  }

  /** Undefined: nothing can be said yet. */
  finding(node: string, stored: BundleStatus | undefined): BundleFinding | undefined {
    const { nodeStatus, nodes, clock } = this.#options;
    const now = clock();
    const ledSince = this.#options.ledSince();
    const status = nodeStatus(node);
    const mayCome = status.version === '' && stored?.fields.agent !== undefined;
    if (!nodes.object(node) || ledSince === undefined) return undefined;
    if (mayCome && now - ledSince < graceMs) return undefined;
    const behindSince = this.#since(node);
    return bundleFinding({ node: status, behindSince, now, stored: stored?.fields });
  }

  /** After how many milliseconds time alone may change the finding; undefined: never. */
  recheckMs(node: string): number | undefined {
    const since = this.#since(node);
    if (since === undefined) return undefined;
    const left = since + keepUpMs - this.#options.clock();
    return left > 0 ? left : undefined;
  }

  /** Of a node whose agent is connected, in milliseconds since 1970; undefined: it is not behind. */
  behindSince(node: string): number | undefined {
    return this.#options.nodeStatus(node).connected ? this.#since(node) : undefined;
  }

  #since(node: string): number | undefined {
    const since = this.#options.nodes.progress(node)?.behindSince;
    return since === undefined ? undefined : Math.max(since, this.#options.ledSince() ?? 0);
  }
}
