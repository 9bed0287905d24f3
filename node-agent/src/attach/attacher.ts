import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '@weir/log/log.ts';
import type { Datapath } from '../kernel/datapath.ts';

export interface AttacherOptions {
  readonly datapath: Pick<Datapath, 'attach' | 'attached' | 'detach'>;
  readonly log: Log;
  /** Told when `unattached` or `due` is another than it was when want() resolved. */
  readonly onChange: () => void;
  /** Milliseconds for which want() waits. */
  readonly patienceMs?: number;
}

/**
 * Keeps the attached interfaces equal to those that are wanted, one after the other, beside the agent's other work. For
 * a new TCX link the kernel waits a grace period with the lock of all network devices held, so that several can't wait
 * together: the 250 pods of a full node take 8 s, and no change of a policy is to wait that long. A filter of clsact could
 * stand in meanwhile, but to make its qdisc the kernel drops what is sent to the pod for 10 ms.
 */
export class Attacher {
  readonly #options: AttacherOptions;
  /** In the order in which they are attached; undefined until the first want(). */
  #wanted: ReadonlySet<number> | undefined;
  #attached = new Set<number>();
  /** Could not be attached when that was tried last. */
  readonly #failed = new Set<number>();
  /** What the kernel has is not known, or is to be looked at again. */
  #look = true;
  /** Are attached, but not as they should be. */
  #displaced = new Set<number>();
  /** Of #failed, those that are to be tried again. */
  #retries = new Set<number>();
  #work: Promise<void> | undefined;
  /** Calls of want() that wait. */
  #waiting = 0;
  /** want() has lost its patience with what is under way. */
  #behind = false;
  #told = '';
  #stopped = false;

  constructor(options: AttacherOptions) {
    this.#options = options;
  }

  /** What is wanted and not attached: where that is not possible, and where it has not come to it. */
  get unattached(): ReadonlySet<number> {
    return new Set([...(this.#wanted ?? [])].filter((ifindex) => !this.#attached.has(ifindex)));
  }

  /** Those of these that have not been tried yet. */
  get due(): ReadonlySet<number> {
    return new Set([...this.unattached].filter((ifindex) => !this.#failed.has(ifindex)));
  }

  /**
   * These interfaces are to be attached, in this order, and no others. Resolves when that is so as far as it is
   * possible, or after two seconds; at once while a former call is still being carried out that took longer.
   */
  async want(ifindexes: ReadonlySet<number>): Promise<void> {
    this.#wanted = ifindexes;
    for (const ifindex of this.#failed) if (!ifindexes.has(ifindex)) this.#failed.delete(ifindex);
    const work = this.#start();
    if (!this.#behind) await this.#wait(work);
    this.#told = this.#key;
  }

  /**
   * Looks at what the kernel has: others may have taken programs away, or have put theirs before ours. What could not be
   * attached is tried again. Nothing is done while it is not known what is wanted.
   */
  async check(): Promise<void> {
    if (this.#wanted === undefined) return;
    this.#look = true;
    await this.#start();
  }

  /** Ends with the interface that is being attached. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#work;
  }

  #start(): Promise<void> {
    this.#work ??= this.#run();
    return this.#work;
  }

  async #wait(work: Promise<void>): Promise<void> {
    const { patienceMs = 2_000 } = this.#options;
    const patience = new AbortController();
    this.#waiting++;
    try {
      await Promise.race([work, sleep(patienceMs, undefined, patience)]);
      this.#behind = this.#work !== undefined;
    } finally {
      patience.abort();
      this.#waiting--;
    }
  }

  async #run(): Promise<void> {
    // Not before #start has kept the promise.
    await undefined;
    while (!this.#stopped) {
      if (this.#look) await this.#lookAtKernel();
      const step = this.#next();
      if (step === undefined) break;
      await step;
    }
    this.#work = undefined;
    this.#behind = false;
    if (this.#waiting > 0 || this.#key === this.#told) return;
    this.#told = this.#key;
    this.#options.onChange();
  }

  async #lookAtKernel(): Promise<void> {
    const { datapath, log } = this.#options;
    this.#look = false;
    try {
      const found = await datapath.attached();
      this.#attached = new Set(found.map(({ ifindex }) => ifindex));
      this.#displaced = new Set(found.filter(({ inPlace }) => !inPlace).map(({ ifindex }) => ifindex));
      this.#retries = new Set(this.#failed);
    } catch (error) {
      log.error('attached interfaces can not be listed', { error: String(error) });
    }
  }

  /** New interfaces first: whoever asks again and again must not keep them waiting. */
  #next(): Promise<void> | undefined {
    const wanted = this.#wanted ?? new Set();
    for (const ifindex of wanted)
      if (!this.#attached.has(ifindex) && this.#isDue(ifindex)) return this.#attach(ifindex);
    for (const ifindex of this.#attached) if (!wanted.has(ifindex)) return this.#detach(ifindex);
    const [displaced] = this.#displaced;
    return displaced === undefined ? undefined : this.#attach(displaced);
  }

  #isDue(ifindex: number): boolean {
    return !this.#failed.has(ifindex) || this.#retries.has(ifindex);
  }

  async #attach(ifindex: number): Promise<void> {
    const { datapath, log } = this.#options;
    this.#retries.delete(ifindex);
    this.#displaced.delete(ifindex);
    try {
      await datapath.attach(ifindex);
      if (this.#attached.has(ifindex)) log.info('attached anew', { ifindex });
      else log.info('attached', { ifindex });
      this.#attached.add(ifindex);
      this.#failed.delete(ifindex);
    } catch (error) {
      // One that has vanished must not hold up the others.
      if (!this.#failed.has(ifindex))
        log.warn('interface can not be attached', { ifindex, error: String(error) });
      this.#attached.delete(ifindex);
      this.#failed.add(ifindex);
    }
  }

  async #detach(ifindex: number): Promise<void> {
    const { datapath, log } = this.#options;
    this.#attached.delete(ifindex);
    this.#displaced.delete(ifindex);
    try {
      await datapath.detach(ifindex);
      log.info('detached', { ifindex });
    } catch (error) {
      log.warn('interface can not be detached', { ifindex, error: String(error) });
    }
  }

  get #key(): string {
    return JSON.stringify([[...this.unattached], [...this.due]]);
  }
}
