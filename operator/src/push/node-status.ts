import type { Digest } from '@weir/proto/digest.ts';

/** What the operator knows of one node's agent. */
export interface NodeStatus {
  readonly connected: boolean;
  /** Of the node's newest bundle; 0: there is none. */
  readonly revision: number;
  readonly digest: Digest | undefined;
  /** The last that was sent to the agent; 0: none. */
  readonly sent: number;
  /** What the agent reported last; 0: it has none, or never reported. */
  readonly enforced: number;
  readonly enforcedDigest: Digest | undefined;
  /** Milliseconds since 1970 since when the agent does not enforce the newest bundle; undefined: it does. */
  readonly behindSince: number | undefined;
  /** Why the last attempt failed; undefined: it did not. */
  readonly error: string | undefined;
  /** From the last chunk's arrival to the commit of the last attempt, in nanoseconds; 0: there was none. */
  readonly applyNs: number;
  readonly counts: NodeCounts;
  /** Uids of pods of the node that can't be covered, or are not attached to yet; at most 1000. */
  readonly uncovered: readonly string[];
  /** Those of these that the agent is about to attach to. */
  readonly attaching: readonly string[];
  readonly version: string;
  readonly capabilities: readonly string[];
  /** `observe`: nothing is dropped there, as the administrator wants it or because another engine enforces. */
  readonly mode: 'enforce' | 'observe';
  /** The node's own addresses, 4 or 16 bytes each. */
  readonly addresses: readonly Uint8Array[];
}

/** Capability of an agent that drops nothing whatever its bundle says: another engine enforces on its node. */
export const observeOnly = 'observe-only';

/** What the agent enforces, in numbers. */
export interface NodeCounts {
  readonly endpoints: number;
  readonly tables: number;
  readonly prefixes: number;
  /** Pods of the node that can't be covered, or are not attached to yet. */
  readonly uncovered: number;
}

/** Of a node whose agent never came. */
export const unknownStatus: NodeStatus = {
  connected: false,
  revision: 0,
  digest: undefined,
  sent: 0,
  enforced: 0,
  enforcedDigest: undefined,
  behindSince: undefined,
  error: undefined,
  applyNs: 0,
  counts: { endpoints: 0, tables: 0, prefixes: 0, uncovered: 0 },
  uncovered: [],
  attaching: [],
  version: '',
  capabilities: [],
  mode: 'enforce',
  addresses: [],
};
