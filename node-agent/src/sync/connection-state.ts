import type { ClientDuplexStream } from '@grpc/grpc-js';
import type { SyncRequest } from '@weir/proto/service.ts';

export type Stream = ClientDuplexStream<SyncRequest, Buffer>;

/** How the agent stands with the operator. */
export type ConnectionState = Idle | Connecting | Syncing | Live | Failed;

/** Not started, or stopped. */
export interface Idle {
  readonly kind: 'idle';
}

/** No answer yet. */
export interface Connecting {
  readonly kind: 'connecting';
}

/** Chunks are missing, or a snapshot is waited for. */
export interface Syncing {
  readonly kind: 'syncing';
  /** By the clock: since when the operator answers on this stream. */
  readonly since: number;
}

/** All that the operator sent is here. */
export interface Live {
  readonly kind: 'live';
  readonly since: number;
}

/** Until the next try. */
export interface Failed {
  readonly kind: 'failed';
  readonly reason: string;
  readonly retryMs: number;
}

export const idle = (): Idle => ({ kind: 'idle' });
export const connecting = (): Connecting => ({ kind: 'connecting' });
export const syncing = (since: number): Syncing => ({ kind: 'syncing', since });
export const live = (since: number): Live => ({ kind: 'live', since });
export const failed = (reason: string, retryMs: number): Failed => ({ kind: 'failed', reason, retryMs });
