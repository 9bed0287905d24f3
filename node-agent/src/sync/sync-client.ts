import { isDeepStrictEqual } from 'node:util';
import { status as grpcStatus, type ServiceError } from '@grpc/grpc-js';
import type { Log } from '@weir/log/log.ts';
import type { weir } from '@weir/proto/bundle.js';
import { digestText, digestToBytes } from '@weir/proto/digest.ts';
import type { SyncRequest } from '@weir/proto/service.ts';
import type { BundleChange } from '../bundle.ts';
import { AgentError } from '../errors.ts';
import type { AppliedResult, Counted, Coverage } from './applied-result.ts';
import { ApplyQueue, type Attempt } from './apply-queue.ts';
import { Assembler } from './assemble.ts';
import { Backoff } from './backoff.ts';
import { type ConnectionState, connecting, failed, idle, live, syncing } from './connection-state.ts';
import type { Desired } from './desired.ts';
import type { Capture } from './last-good.ts';
import { type ClientTls, leaderOf, type OpenStream, openStream } from './open-stream.ts';
import { Operators } from './operators.ts';

export interface SyncOptions {
  /** "host:port" of the operator, or of several, with commas between; one leads, and the others refuse. */
  readonly target: string;
  /** Read anew for each connection, since tokens and authorities change. */
  readonly tls: ClientTls | (() => Promise<ClientTls>);
  /** Name of this node, which the certificate holds too. */
  readonly node: string;
  readonly version: string;
  /** At the start; see updateCapabilities. */
  readonly capabilities: readonly string[];
  /** The node's own, 4 or 16 bytes each. */
  readonly addresses: readonly Uint8Array[];
  /** What is enforced at the start, and onChange's receiver knows; an empty one: nothing. Altered by the client. */
  readonly desired: Desired;
  /**
   * Makes a change effective; one at a time. The bundle in it stays as it is until the promise is settled, and no
   * longer. A rejection is a refusal: the change is taken back, and the next one is `whole`.
   */
  readonly onChange: (change: BundleChange) => Promise<AppliedResult>;
  /** Keeps what is enforced. */
  readonly store: { save(capture: Capture): void };
  readonly log: Log;
  /** Milliseconds with fractions, monotonic. */
  readonly clock: () => number;
  /** From 0 to 1. */
  readonly random: () => number;
  /** Longest waits between connections and between requests for a snapshot; 0.5 s to 5 s unless told. */
  readonly retryMs?: { readonly first: number; readonly most: number };
}

/** A stream that was of use for so long, in milliseconds, was a good one: the next try comes soon after it. */
const goodMs = 1_000;
/** Uids that are told. */
const mostUncovered = 1_000;

/** Keeps the node's bundle equal to what the operator says; outlives connections, which it makes again and again. */
export class SyncClient {
  readonly #options: SyncOptions;
  readonly #queue: ApplyQueue;
  readonly #reconnect: Backoff;
  readonly #requests: Backoff;
  readonly #operators: Operators;
  #addresses: readonly Uint8Array[];
  #capabilities: readonly string[];
  #assembler = new Assembler();
  #state: ConnectionState = idle();
  #open: OpenStream | undefined;
  #timer: NodeJS.Timeout | undefined;
  #request: NodeJS.Timeout | undefined;
  /** What the stream was good for. */
  #use: 'none' | 'accepted' | 'confirmed' = 'none';
  /** Why the next stream has to begin with a snapshot. */
  #broken: string | undefined;
  #coverage: Coverage | undefined;
  #counted: Counted | undefined;
  /** The last attempt's error is not to be taken back by a report that is of none. */
  #refused = false;
  #stopped = true;

  constructor(options: SyncOptions) {
    const { desired, onChange, clock, random, retryMs = { first: 500, most: 5_000 } } = options;
    this.#options = options;
    this.#operators = new Operators(options.target);
    this.#addresses = options.addresses;
    this.#capabilities = options.capabilities;
    this.#reconnect = new Backoff(retryMs.first, retryMs.most, random);
    this.#requests = new Backoff(retryMs.first, retryMs.most, random);
    this.#queue = new ApplyQueue({
      desired,
      onChange,
      clock,
      onAttempt: (attempt) => this.#report(attempt),
      onViolation: (error) => this.#violated(error),
    });
  }

  get state(): ConnectionState {
    return this.#state;
  }

  start(): void {
    if (!this.#stopped) return;
    this.#stopped = false;
    this.#connect();
  }

  /** Leaves the operator; what is being applied is applied first. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#state = idle();
    clearTimeout(this.#timer);
    this.#queue.clear();
    await this.#queue.idle();
    const open = this.#open;
    this.#open = undefined;
    await open?.finish();
    this.#hangUp();
  }

  /** The node's addresses are these now; told to the operator where they have changed. */
  updateAddresses(addresses: readonly Uint8Array[]): void {
    if (isDeepStrictEqual(addresses, this.#addresses)) return;
    this.#addresses = addresses;
    this.#send({ addresses: { addresses: [...addresses] } });
  }

  /** What the agent can do is this now; the operator learns it from the Hello of a new stream. */
  updateCapabilities(capabilities: readonly string[]): void {
    if (isDeepStrictEqual(capabilities, this.#capabilities)) return;
    this.#capabilities = capabilities;
    if (!this.#open) return;
    this.#hangUp();
    this.#connect();
  }

  /** What of the enforced bundle is covered; told with the next report, or now where none is coming. */
  updateCoverage(coverage: Coverage): void {
    if (isDeepStrictEqual(coverage, this.#coverage)) return;
    this.#coverage = coverage;
    if (!this.#queue.busy) this.#reportCoverage();
  }

  /** What has been counted is this now; told to the operator where it has changed. */
  updateCounted(counted: Counted): void {
    if (isDeepStrictEqual(counted, this.#counted)) return;
    this.#counted = counted;
    this.#send({ counted: { ...counted } });
  }

  /** A CNI plugin announced a pod. Nothing is kept for later: the operator names the pod in time. */
  claim(claim: weir.bundle.v1.Claim.$Properties): void {
    this.#send({ claim });
  }

  #connect(): void {
    this.#state = connecting();
    const { tls } = this.#options;
    const greet = async () => {
      const now = typeof tls === 'function' ? await tls() : tls;
      // What is being applied belongs into Hello.
      await this.#queue.idle();
      this.#greet(now);
    };
    greet().catch((error: unknown) => {
      if (!this.#open) this.#lost(error instanceof Error ? error.message : String(error));
    });
  }

  #greet(tls: ClientTls): void {
    if (this.#stopped || this.#open) return;
    this.#assembler = new Assembler();
    let open: OpenStream;
    try {
      open = openStream(this.#operators.current, tls);
    } catch (error) {
      // Thrown for certificates and keys that are none.
      this.#lost(String(error));
      return;
    }
    this.#open = open;
    const current = (use: () => void) => {
      if (this.#open === open) use();
    };
    const { stream } = open;
    stream.on('metadata', () => current(() => this.#accepted()));
    stream.on('data', (response: Buffer) => current(() => this.#receive(response)));
    stream.on('end', () => current(() => this.#lost('the operator ended the stream')));
    stream.on('error', (error: ServiceError) => {
      current(() => {
        // Greater than what gRPC takes: the next stream has to begin with a snapshot.
        if (error.code === grpcStatus.RESOURCE_EXHAUSTED) this.#broken = error.details;
        this.#lost(error.message, leaderOf(error));
      });
    });
    this.#hello();
  }

  #hello(): void {
    const { node, version } = this.#options;
    const { revision, digest } = this.#queue.enforced;
    const hello = {
      node,
      revision,
      digest: digest ? digestToBytes(digest) : new Uint8Array(),
      capabilities: [...this.#capabilities],
      addresses: [...this.#addresses],
      version,
    };
    this.#send({ hello });
    this.#reportCoverage();
    if (this.#counted) this.#send({ counted: { ...this.#counted } });
    if (this.#broken === undefined) return;
    this.#assembler.awaitSnapshot();
    this.#send({ snapshotRequest: { reason: this.#broken } });
    this.#broken = undefined;
  }

  /** Nothing else may come for long, where nothing has changed: then the agent is in sync. */
  #accepted(): void {
    this.#use = 'accepted';
    this.#follow();
  }

  #receive(response: Buffer): void {
    if (this.#use === 'accepted' && !this.#isGood) this.#use = 'none';
    try {
      const incoming = this.#assembler.accept(response);
      if (incoming) this.#queue.push(incoming);
      this.#follow();
    } catch (thrown) {
      this.#violated(AgentError.from(thrown, 'sync-violation'));
    }
  }

  /** The state follows from the last message. */
  #follow(): void {
    const { clock } = this.#options;
    const since = 'since' in this.#state ? this.#state.since : clock();
    this.#state = this.#assembler.incomplete ? syncing(since) : live(since);
  }

  /** Nothing that comes before the snapshot is of use, so one request is enough for all that is wrong until it is sent. */
  #violated({ code, message, fields }: AgentError): void {
    this.#queue.clear();
    if (!this.#open) return;
    this.#assembler.awaitSnapshot();
    this.#follow();
    if (this.#request) return;
    this.#options.log.error('message from the operator is refused', { ...fields, code, error: message });
    const wait = this.#requests.next();
    this.#request = setTimeout(
      () => {
        this.#request = undefined;
        this.#send({ snapshotRequest: { reason: message } });
      },
      this.#requests.tries === 1 ? 0 : wait,
    );
  }

  #report({ revision, digest, durationNs, result }: Attempt): void {
    const { log, store } = this.#options;
    const error = result.kind === 'refused' ? result.error : '';
    if (result.kind === 'enforced') {
      this.#requests.reset();
      this.#use = 'confirmed';
      log.info('bundle is enforced', { revision, digest: digest && digestText(digest), durationNs });
    } else log.error('bundle is refused', { revision, error });
    store.save(() => this.#queue.capture());
    const bytes = digest ? digestToBytes(digest) : new Uint8Array();
    this.#refused = result.kind === 'refused';
    const counts = { ...result.counts };
    this.#send({ applied: { revision, digest: bytes, durationNs, counts, error, ...this.#uids } });
  }

  #reportCoverage(): void {
    const { revision, digest } = this.#queue.enforced;
    if (!digest || !this.#coverage || this.#refused) return;
    const counts = { ...this.#coverage.counts };
    this.#send({
      applied: { revision, digest: digestToBytes(digest), durationNs: 0, counts, ...this.#uids },
    });
  }

  get #uids(): { readonly uncovered: string[]; readonly attaching: string[] } {
    const uncovered = this.#coverage?.uncovered.slice(0, mostUncovered) ?? [];
    const attaching = new Set(this.#coverage?.attaching);
    return { uncovered, attaching: uncovered.filter((uid) => attaching.has(uid)) };
  }

  #send(request: SyncRequest): void {
    this.#open?.stream.write(request);
  }

  #lost(reason: string, leader?: string): void {
    const { log } = this.#options;
    const target = this.#operators.current;
    if (this.#isGood) this.#reconnect.reset();
    const goesOn = this.#goesOn(leader);
    this.#hangUp();
    if (this.#stopped) return;
    const wait = goesOn ? 0 : this.#reconnect.next();
    log.warn('no connection to the operator', { target, reason, retryMs: Math.round(wait) });
    this.#state = failed(reason, wait);
    this.#timer = setTimeout(() => this.#connect(), wait);
  }

  /** Whether the next operator is tried at once. */
  #goesOn(leader: string | undefined): boolean {
    if (!('since' in this.#state)) return this.#operators.refused(leader);
    this.#operators.left(leader);
    return false;
  }

  get #isGood(): boolean {
    if (this.#use === 'none' || !('since' in this.#state)) return false;
    return this.#options.clock() - this.#state.since >= goodMs;
  }

  #hangUp(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#request);
    this.#request = undefined;
    this.#queue.clear();
    this.#use = 'none';
    const open = this.#open;
    this.#open = undefined;
    open?.close();
  }
}
