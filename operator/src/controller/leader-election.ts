import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '@weir/log/log.ts';
import type { ApiClient } from '../source/kube/api-client.ts';
import { ApiError } from '../source/kube/api-error.ts';
import { Fitness } from './fitness.ts';
import { type LeaseRecord, LeaseStore, microTime, type Patience, type StoredLease } from './lease.ts';

export interface LeaderElectionOptions {
  readonly client: ApiClient;
  /** Of the Lease. */
  readonly namespace: string;
  readonly name: string;
  /** Unique among all candidates, also among the lives of one. */
  readonly identity: string;
  /** Where agents reach this candidate: "host:port". */
  readonly address: string;
  /** Milliseconds, monotonic: all that is decided is decided by it, so that a clock that is set changes nothing. */
  readonly clock: () => number;
  /** Milliseconds since 1970: only written, for people. */
  readonly wall: () => number;
  /** From 0 to 1. */
  readonly random: () => number;
  readonly log: Log;
  readonly timing?: ElectionTiming;
  /** Why this candidate could not serve if it led; undefined: it could. It always can unless told. */
  readonly unfit?: () => string | undefined;
  /** Called when this candidate begins to lead. */
  readonly onElected: () => void;
  /** Called when it leads no longer, before anybody else can. Whatever only a leader may do has to end in it. */
  readonly onLost: () => void;
  readonly onLeader?: (leader: Leader | undefined) => void;
}

/** Milliseconds. */
export interface ElectionTiming {
  /** Others take a lease that nobody renewed for so long since they saw it; whole seconds. */
  readonly leaseMs: number;
  /** The leader gives up when it could not renew for so long; less than leaseMs. */
  readonly renewMs: number;
  /** Between two tries to renew or to get the lease. */
  readonly retryMs: number;
  /**
   * Who can't serve leaves a free lease to others for so long, and as the leader gives it to whoever asks for it after
   * so long.
   */
  readonly unfitMs: number;
}

export interface Leader {
  readonly identity: string;
  readonly address: string;
}

const defaultElectionTiming: ElectionTiming = {
  leaseMs: 15_000,
  renewMs: 10_000,
  retryMs: 2_000,
  unfitMs: 10_000,
};

/** So many renewals in a row don't fail by chance. */
const missed = 3;

/** In characters, of what the lease says. */
const mostReason = 1000;

/** Bookmarks come every minute. */
const followIdleMs = 130_000;

interface Observed {
  readonly record: LeaseRecord;
  /** By the clock, when this content was first seen. */
  readonly since: number;
}

/**
 * One candidate for a Lease. The time that another's lease has left is counted from when its last renewal was seen
 * here, as client-go does, so that clocks need not agree, only run equally fast.
 *
 * A leader that can't serve says so in the lease, and leads on as long as nobody is better off: only a candidate that can
 * serve asks for such a lease, in the lease, and the leader then gives it back.
 */
export class LeaderElection {
  readonly #options: LeaderElectionOptions;
  readonly #timing: ElectionTiming;
  readonly #store: LeaseStore;
  readonly #stop = new AbortController();
  #stored: StoredLease | undefined;
  #observed: Observed | undefined;
  /** When the request that renewed the lease last was sent; undefined: not the leader. */
  #renewed: number | undefined;
  /** Ends the sleep before the next try. */
  #wake = new AbortController();
  #deadline: NodeJS.Timeout | undefined;
  #tried: number;
  readonly #fitness: Fitness;
  /** By the clock, since when it stands. */
  #began: number;
  #running: Promise<void> = Promise.resolve();

  constructor(options: LeaderElectionOptions) {
    this.#options = options;
    this.#timing = options.timing ?? defaultElectionTiming;
    this.#store = new LeaseStore(options.client, options.namespace, options.name);
    this.#tried = options.clock();
    this.#began = this.#tried;
    this.#fitness = new Fitness(() => options.unfit?.(), options.clock, this.#timing.unfitMs);
  }

  start(): void {
    this.#tried = this.#options.clock();
    this.#began = this.#tried;
    this.#running = Promise.all([this.#run(), this.#follow()]).then(() => undefined);
  }

  /** Something has changed that decides whether this candidate stands: it tries at once. */
  wake(): void {
    this.#wake.abort();
  }

  /** Gives the lease back, so that another can take it at once. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
    await this.#giveBack('stopping');
  }

  async #giveBack(reason: string): Promise<void> {
    const stored = this.#stored;
    const led = this.leading;
    this.#lose(reason);
    if (!led || !stored) return;
    // A second is the shortest that a Lease can say; without a holder it means nothing.
    const none = { holder: '', address: '', failure: '', asker: '', durationMs: 1_000 };
    const record = { ...stored.record, ...none, renewed: this.#now() };
    try {
      this.#see(await this.#store.write(record, stored.resourceVersion, { timeoutMs: this.#timing.retryMs }));
    } catch (error) {
      this.#options.log.warn('lease can not be given back', { reason: String(error) });
    }
  }

  /** Also right when this process was stopped for a while and its timers are late. */
  get leading(): boolean {
    return this.#renewed !== undefined && this.#options.clock() - this.#renewed < this.#timing.renewMs;
  }

  /** Who leads, as far as is known here. */
  get leader(): Leader | undefined {
    const record = this.#observed?.record;
    return record === undefined || record.holder === ''
      ? undefined
      : { identity: record.holder, address: record.address };
  }

  /** Nobody has renewed the lease for so long that its holder has to be given up for now, as far as is known here. */
  get abandoned(): boolean {
    if (this.leader === undefined || this.#observed === undefined) return true;
    return this.#options.clock() - this.#observed.since > missed * this.#timing.retryMs;
  }

  /** Milliseconds since the last try ended, well or not. */
  get silentMs(): number {
    return this.#options.clock() - this.#tried;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      await this.#try();
      this.#tried = this.#options.clock();
      // Candidates that started together should not go on together.
      const ms = this.#timing.retryMs * (this.leading ? 1 : 0.5 + this.#options.random() / 2);
      await this.#sleep(ms);
    }
  }

  /** Sees a lease that is given back at once, not only at the next try. */
  async #follow(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      try {
        for await (const { holder, asker } of this.#store.follow(followIdleMs, signal))
          if (this.#renewed === undefined ? holder === '' : asker !== '') this.wake();
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
      }
      await sleep(this.#timing.retryMs, undefined, { signal }).catch(() => undefined);
    }
  }

  async #sleep(ms: number): Promise<void> {
    const signal = AbortSignal.any([this.#stop.signal, this.#wake.signal]);
    await sleep(ms, undefined, { signal }).catch(() => undefined);
    // Made before the next try: what is told during it may be newer than what it reads.
    this.#wake = new AbortController();
  }

  async #try(): Promise<void> {
    const { log } = this.#options;
    try {
      if (this.#renewed === undefined) await this.#acquire();
      else await this.#renew();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      // Somebody wrote; what they wrote is read next time, or now if it decides about us.
      if (error.conflict && this.#renewed !== undefined) {
        await this.#reread();
        await this.#makeWay();
      } else if (!error.conflict) log.warn('lease can not be reached', { reason: error.message });
    }
  }

  async #acquire(): Promise<void> {
    const { identity, clock } = this.#options;
    const stored = await this.#store.read(this.#patience);
    this.#see(stored);
    const { record, since } = this.#observed ?? { record: undefined, since: 0 };
    const isFree = record === undefined || record.holder === '' || record.holder === identity;
    if (!isFree && clock() - since < record.durationMs) return this.#ask(stored);
    // A lease that could not be given back still names this candidate.
    const freeSince =
      record === undefined ? this.#began : record.holder === '' ? since : since + record.durationMs;
    if (this.#fitness.look() !== undefined && !this.#fitness.isPast(freeSince)) return;
    const transitions = record === undefined ? 0 : record.transitions + (record.holder === identity ? 0 : 1);
    const now = this.#now();
    await this.#write(
      { ...this.#own(), failure: '', acquired: now, renewed: now, transitions },
      stored?.resourceVersion,
    );
  }

  /** Another leads. Where it can't serve and this one can, it is told so. */
  async #ask(stored: StoredLease | undefined): Promise<void> {
    const { holder, failure = '', asker } = stored?.record ?? {};
    if (!stored || failure === '' || asker !== '' || this.#fitness.look() !== undefined) return;
    const { identity, log } = this.#options;
    log.info('lease is asked for', { leader: holder, reason: failure });
    const record = { ...stored.record, asker: identity };
    this.#see(await this.#store.write(record, stored.resourceVersion, this.#patience));
  }

  async #renew(): Promise<void> {
    const stored = this.#stored;
    if (!stored) return;
    const own = this.#own();
    const { failure } = own;
    if (failure !== '' && failure !== stored.record.failure)
      this.#options.log.error('leading without being able to serve agents', { reason: failure });
    await this.#write({ ...stored.record, ...own, renewed: this.#now() }, stored.resourceVersion);
  }

  async #reread(): Promise<void> {
    try {
      this.#see(await this.#store.read(this.#patience));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
    }
  }

  /** Makes way for a candidate that asks, where this one can't serve. */
  async #makeWay(): Promise<void> {
    const asker = this.#stored?.record.asker ?? '';
    const reason = this.#fitness.lastingFailure;
    if (this.#renewed === undefined || asker === '' || reason === undefined) return;
    this.#options.log.warn('lease is given up', { to: asker, reason });
    await this.#giveBack('another can serve agents');
  }

  #own(): Pick<LeaseRecord, 'holder' | 'address' | 'durationMs' | 'failure' | 'asker'> {
    const { identity, address } = this.#options;
    const failure = this.#fitness.lastingFailure?.slice(0, mostReason) ?? '';
    return { holder: identity, address, durationMs: this.#timing.leaseMs, failure, asker: '' };
  }

  async #write(record: LeaseRecord, resourceVersion: string | undefined): Promise<void> {
    const { clock } = this.#options;
    // Others count from when they see it, which is later than this.
    const sent = clock();
    this.#see(await this.#store.write(record, resourceVersion, this.#patience));
    const left = this.#timing.renewMs - (clock() - sent);
    // Too late to be of use; the next try renews.
    if (left <= 0) return;
    const wasLeading = this.#renewed !== undefined;
    this.#renewed = sent;
    clearTimeout(this.#deadline);
    this.#deadline = setTimeout(() => this.#lose('the lease could not be renewed in time'), left);
    if (wasLeading || this.#stop.signal.aborted) return;
    this.#fitness.restart();
    this.#options.log.info('leading', { lease: this.#options.name, identity: this.#options.identity });
    this.#options.onElected();
  }

  #see(stored: StoredLease | undefined): void {
    const former = this.leader;
    this.#stored = stored;
    if (stored === undefined) this.#observed = undefined;
    else if (!this.#observed || !isSame(this.#observed.record, stored.record))
      this.#observed = { record: stored.record, since: this.#options.clock() };
    const { leader } = this;
    if (this.#renewed !== undefined && leader?.identity !== this.#options.identity)
      this.#lose('another has the lease');
    if (former?.identity !== leader?.identity || former?.address !== leader?.address)
      this.#options.onLeader?.(leader);
  }

  #lose(reason: string): void {
    clearTimeout(this.#deadline);
    if (this.#renewed === undefined) return;
    this.#renewed = undefined;
    this.#options.log.warn('leading no longer', { reason });
    this.#options.onLost();
  }

  get #patience(): Patience {
    return { timeoutMs: this.#timing.renewMs, signal: this.#stop.signal };
  }

  #now(): string {
    return microTime(this.#options.wall());
  }
}

const isSame = (a: LeaseRecord, b: LeaseRecord): boolean =>
  a.holder === b.holder && a.renewed === b.renewed && a.transitions === b.transitions;
