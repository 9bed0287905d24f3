import { type status as grpcStatus, Metadata, type ServerDuplexStream } from '@grpc/grpc-js';
import type { Log } from '@weir/log/log.ts';
import type { weir } from '@weir/proto/bundle.js';
import { type Digest, digestText, equalDigest } from '@weir/proto/digest.ts';
import type { Item } from '@weir/proto/item.ts';
import { maxMessageBytes, type SyncRequest } from '@weir/proto/service.ts';
import type { NodeBundle } from '../bundle/node-bundle.ts';
import { DeltaEncoder } from './encode-delta.ts';
import { encodeSnapshot, type Target } from './encode-snapshot.ts';
import type { NetChange } from './net-change.ts';
import type { NodeRecord } from './node-record.ts';
import {
  type Applied,
  type Counted,
  type Hello,
  readAddresses,
  readApplied,
  readCounted,
} from './read-request.ts';
import { closed, idle, live, type SessionState, type Snapshot, snapshot, waiting } from './session-state.ts';

export type Stream = ServerDuplexStream<SyncRequest, Buffer>;

export interface SessionOptions {
  readonly stream: Stream;
  readonly node: string;
  readonly record: NodeRecord;
  readonly bundle: () => NodeBundle | undefined;
  readonly log: Log;
  /** A pod that a CNI plugin announced. */
  readonly onClaim: (claim: weir.bundle.v1.Claim.$Properties) => void;
  readonly retryMs: RetryMs;
}

/** Wait before the same is tried again: the first time, and at most; it doubles. */
export interface RetryMs {
  readonly first: number;
  readonly most: number;
}

/** Leaves room for the header of a message, which has at most maxMessageBytes. */
const maxItemBytes = maxMessageBytes - 4096;
const maxReasonLength = 4096;

/** The stream of one agent after its Hello: brings the agent to the node's newest bundle, one revision at a time. */
export class Session {
  readonly #options: SessionOptions;
  #state: SessionState;
  #counted: Counted | undefined;
  #failures = 0;
  #retry: NodeJS.Timeout | undefined;

  constructor(options: SessionOptions, hello: Hello) {
    this.#options = options;
    this.#state = idle(hello.digest);
    const { record, stream } = options;
    // The agent sees that it is accepted, also where there is nothing to send.
    stream.sendMetadata(new Metadata());
    const { version, capabilities, addresses } = hello;
    record.follow(options.bundle(), []);
    const arrived = { connected: true, version, capabilities, addresses, sent: 0, error: undefined };
    record.enforces(hello.revision, hello.digest, arrived);
    this.advance(new DeltaEncoder());
  }

  get node(): string {
    return this.#options.node;
  }

  /** What the node's programs have counted; undefined: the agent has not said it on this stream. */
  get counted(): Counted | undefined {
    return this.#counted;
  }

  /** Sends the newest bundle if the agent has another one and is ready. */
  advance(encoder: DeltaEncoder): void {
    const state = this.#state;
    if (state.kind !== 'idle' && state.kind !== 'live') return;
    const { held } = state;
    const bundle = this.#options.bundle();
    const { log } = this.#options.record;
    if (!bundle || !log) {
      this.#state = idle(held);
      return;
    }
    this.#state = live(held);
    this.#stopRetry();
    if (held && equalDigest(held, bundle.digest)) return;
    const target = { revision: log.revision, digest: bundle.digest };
    const change = held && log.since(held);
    if (held && change) this.#sendDelta(encoder, held, target, change);
    else this.#sendSnapshot(target, [...bundle.items.values()]);
  }

  /** One message after Hello; throws a RangeError where it is malformed. */
  receive(request: SyncRequest): void {
    const { record, onClaim } = this.#options;
    if (request.applied) this.#applied(readApplied(request.applied));
    else if (request.addresses) record.update({ addresses: readAddresses(request.addresses.addresses) });
    else if (request.snapshotRequest) this.#requested(request.snapshotRequest.reason ?? '');
    else if (request.counted) this.#counted = readCounted(request.counted);
    else if (request.claim) onClaim(request.claim);
    else if (request.hello) throw new RangeError('a second Hello');
  }

  /** The stream has ended. */
  close(): void {
    if (this.#state.kind === 'closed') return;
    this.#state = closed();
    this.#stopRetry();
    this.#options.record.update({ connected: false });
  }

  /** Ends the stream with that status and these trailers. */
  end(code: grpcStatus, details: string, metadata = new Metadata()): void {
    if (this.#state.kind === 'closed') return;
    this.close();
    this.#options.stream.emit('error', { code, details, metadata });
  }

  #sendDelta(encoder: DeltaEncoder, held: Digest, target: Target, change: NetChange): void {
    if (this.#tooLarge(change.upserts)) return;
    const from = { revision: this.#options.record.status.enforced, digest: held };
    for (const message of encoder.encode(from, target, change)) this.#options.stream.write(message);
    this.#sent(target);
  }

  #sendSnapshot(target: Target, items: readonly Item[]): void {
    if (this.#tooLarge(items)) return;
    const state = snapshot(target, encodeSnapshot(target, items));
    this.#state = state;
    this.#pump(state);
  }

  /** Writes the next chunk when the former is with the network. */
  #pump(state: Snapshot): void {
    if (this.#state !== state) return;
    const { value, done } = state.chunks.next();
    if (done) this.#sent(state.target);
    else this.#options.stream.write(value, () => this.#pump(state));
  }

  #sent(target: Target): void {
    this.#state = waiting(target);
    this.#options.record.update({ sent: target.revision });
  }

  #tooLarge(items: readonly Item[]): boolean {
    const item = items.find(({ field }) => field.length > maxItemBytes);
    if (!item) return false;
    const { record, log, node } = this.#options;
    const error = `an item of kind ${item.kind} has ${item.field.length} bytes, more than ${maxItemBytes}`;
    log.error('bundle can not be sent', { node, error });
    record.update({ error });
    return true;
  }

  #requested(reason: string): void {
    const { record, log, node } = this.#options;
    log.warn('agent asks for a snapshot', { node, reason });
    record.update({ error: reason.slice(0, maxReasonLength) });
    const first = this.#failures === 0;
    this.#failed(undefined);
    if (first) this.advance(new DeltaEncoder());
  }

  #applied(applied: Applied): void {
    const { revision, digest, error, applyNs, counts, uncovered, attaching } = applied;
    const { record } = this.#options;
    const enforced = error === undefined ? revision : record.status.enforced;
    // Where nothing was applied, as when only coverage has changed, the time is that of the last attempt.
    const lastNs = applyNs || record.status.applyNs;
    record.enforces(enforced, digest, { error, applyNs: lastNs, counts, uncovered, attaching });
    const state = this.#state;
    if (state.kind === 'waiting' && state.target.revision === revision) this.#answered(state.target, applied);
    else if ((state.kind === 'live' || state.kind === 'idle') && !this.#retry) this.#settle(digest);
  }

  #answered(target: Target, { digest, error }: Applied): void {
    const { record, log, node } = this.#options;
    const { revision } = target;
    if (error !== undefined) {
      log.warn('agent could not apply', { node, revision, error });
      this.#failed(digest);
    } else if (!digest || !equalDigest(digest, target.digest)) {
      const wrong = 'the agent reports another digest than it was sent';
      log.error('agent enforces something else', { node, revision, digest: digest && digestText(digest) });
      record.update({ error: wrong });
      this.#failed(undefined);
    } else {
      this.#failures = 0;
      this.#settle(digest);
    }
  }

  #settle(held: Digest | undefined): void {
    this.#state = live(held);
    this.advance(new DeltaEncoder());
  }

  /** Tries again at the next change or after a while, at the latest. */
  #failed(held: Digest | undefined): void {
    const { first, most } = this.#options.retryMs;
    this.#state = live(held);
    this.#stopRetry();
    const wait = Math.min(most, first * 2 ** Math.min(this.#failures, 30));
    this.#failures += 1;
    this.#retry = setTimeout(() => this.advance(new DeltaEncoder()), wait);
  }

  #stopRetry(): void {
    clearTimeout(this.#retry);
    this.#retry = undefined;
  }
}
