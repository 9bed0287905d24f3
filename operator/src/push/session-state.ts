import type { Digest } from '@weir/proto/digest.ts';
import type { Target } from './encode-snapshot.ts';

/** Where the stream of one agent is. At most one revision is under way. */
export type SessionState = Idle | Snapshot | Live | Waiting | Closed;

/** The operator knows no bundle for this node: nothing is sent until it does. */
export interface Idle {
  readonly kind: 'idle';
  /** What the agent enforces; undefined: nothing that is known. */
  readonly held: Digest | undefined;
}

/** Chunks are being written as fast as the agent takes them. */
export interface Snapshot {
  readonly kind: 'snapshot';
  readonly target: Target;
  readonly chunks: Iterator<Buffer>;
}

/** Ready for the next revision. */
export interface Live {
  readonly kind: 'live';
  readonly held: Digest | undefined;
}

/** All of a revision is written, and the agent has not reported yet. */
export interface Waiting {
  readonly kind: 'waiting';
  readonly target: Target;
}

export interface Closed {
  readonly kind: 'closed';
}

export const idle = (held: Digest | undefined): Idle => ({ kind: 'idle', held });
export const live = (held: Digest | undefined): Live => ({ kind: 'live', held });
export const snapshot = (target: Target, chunks: Iterator<Buffer>): Snapshot => ({
  kind: 'snapshot',
  target,
  chunks,
});
export const waiting = (target: Target): Waiting => ({ kind: 'waiting', target });
export const closed = (): Closed => ({ kind: 'closed' });
