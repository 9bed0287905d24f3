import { existsSync } from 'node:fs';
import type { Log } from '@weir/log/log.ts';
import type { Digest } from '@weir/proto/digest.ts';
import { equalDigest } from '@weir/proto/digest.ts';
import { AgentError } from '../errors.ts';
import type { Image } from '../image/image.ts';
import { Serial } from '../serial.ts';
import { type Abandoned, type Attached, Attachments } from './attachments.ts';
import type { Clock } from './clock.ts';
import { type CommitHeader, type CommitReport, commitImage } from './commit.ts';
import { other } from './control.ts';
import { type InstalledEndpoint, installedEndpoints, widenEndpoints } from './endpoint-table.ts';
import type { DatapathEvent } from './event.ts';
import { EventReader } from './event-reader.ts';
import { checksum, compareGeneration } from './generation.ts';
import { GracePeriod } from './grace-period.ts';
import { grow } from './growth.ts';
import { captureLibbpfLog } from './libbpf-log.ts';
import { Lock } from './lock.ts';
import { ProgramObject } from './object.ts';
import { pace } from './pace.ts';
import { PinDirectory } from './pin-directory.ts';
import { lastCommitOf, type ProgramSet } from './program-set.ts';
import { grownArrays, type Halves, halvesFor } from './size-class.ts';
import { type TakenOver, takeOver } from './take-over.ts';
import { hasTcx } from './tcx.ts';

export interface DatapathOptions {
  /** The compiled programs. */
  readonly objectFile: string;
  /** A directory of this agent alone in a BPF file system; made where it is missing. */
  readonly pinDir: string;
  /** `auto`: TCX where the kernel has it, else clsact. */
  readonly attachMode: 'auto' | 'tcx' | 'clsact';
  readonly log: Log;
  readonly clock: Clock;
  /**
   * Number of the very first commit, 1 unless told. Nodes that share a kernel (kind, the lab) begin at random ones:
   * the stamp on a packet, the low bits of the number, outlives the way from one node to the other there.
   */
  readonly firstCommit?: number;
}

/** What the programs enforce. */
export interface Active {
  readonly commit: number;
  readonly revision: number;
  readonly digest: Digest;
  /** True where the words are not those that were committed: commit again, whole. */
  readonly damaged: boolean;
}

/** What was removed of a node. */
export interface Removed extends Abandoned {
  /** Pinned ones, of all sets. */
  readonly programs: number;
  readonly maps: number;
}

/** The programs in the kernel and their maps: the agent's only way to them. */
export class Datapath {
  readonly #pins: PinDirectory;
  readonly #lock: Lock;
  readonly #object: ProgramObject;
  readonly #attachments: Attachments;
  readonly #grace: GracePeriod;
  readonly #log: Log;
  readonly #clock: Clock;
  /** Undefined once closed: its memory is gone. */
  #openSet: ProgramSet | undefined;
  /** What is attached runs former programs until the first commit. */
  #pending: boolean;
  #damaged: boolean;
  #lastCommit: number;
  readonly #serial = new Serial();
  /** Tasks that are running or wait for their turn. */
  #tasks = 0;
  #committing = false;
  #closing = false;
  readonly #events = new EventReader();

  /**
   * Takes over what is pinned, or loads the programs. Throws AgentError `locked`, `object`, `verifier`, `kernel`; what
   * is attached goes on enforcing then.
   */
  static async open(options: DatapathOptions): Promise<Datapath> {
    captureLibbpfLog();
    const pins = new PinDirectory(options.pinDir);
    const lock = new Lock(pins.path);
    try {
      const object = new ProgramObject(options.objectFile);
      const attachments = new Attachments(pins, attachModeOf(options.attachMode));
      const taken = await takeOver(pins, object, attachments, options.log, pace(options.clock));
      const damaged = await isDamaged(taken.set, options.clock);
      return new Datapath({ options, pins, lock, object, attachments, taken, damaged });
    } catch (error) {
      lock.close();
      throw error;
    }
  }

  private constructor(parts: {
    readonly options: DatapathOptions;
    readonly pins: PinDirectory;
    readonly lock: Lock;
    readonly object: ProgramObject;
    readonly attachments: Attachments;
    readonly taken: TakenOver;
    readonly damaged: boolean;
  }) {
    this.#pins = parts.pins;
    this.#lock = parts.lock;
    this.#object = parts.object;
    this.#attachments = parts.attachments;
    this.#grace = new GracePeriod();
    this.#log = parts.options.log;
    this.#clock = parts.options.clock;
    this.#openSet = parts.taken.set;
    this.#pending = parts.taken.pending;
    this.#lastCommit = parts.taken.lastCommit || (parts.options.firstCommit ?? 1) - 1;
    this.#damaged = parts.damaged;
  }

  /** What is enforced; undefined where nothing is that this agent's programs can read. */
  get active(): Active | undefined {
    const { control } = this.#set;
    const active = control.active();
    const header = active && control.header(active.generation);
    if (!active || !header || header.commit !== active.commit) return undefined;
    const { commit, revision, digest } = header;
    return { commit, revision, digest, damaged: this.#damaged };
  }

  get attachMode(): 'tcx' | 'clsact' {
    return this.#attachments.mode;
  }

  /** The interfaces in the active generation, with what must stay as it is when the agent starts again. */
  installed(): readonly InstalledEndpoint[] {
    const active = this.#set.control.active();
    if (active === undefined || this.#damaged) return [];
    return installedEndpoints(this.#set.arrays.endpoint.generation(active.generation));
  }

  /**
   * Makes the programs judge by an image, in one store; waits a grace period first. Where image, revision and digest
   * are the active ones, nothing is written. One at a time (AgentError `busy`); also throws `over-limit`,
   * `read-back`, `verifier`, `kernel`: the active generation is untouched then.
   */
  async commit(image: Image, header: CommitHeader): Promise<CommitReport> {
    if (this.#committing) throw new AgentError('busy', 'a commit is running');
    this.#committing = true;
    try {
      return await this.#inTurn(() => this.#commit(image, header));
    } finally {
      this.#committing = false;
    }
  }

  /** Makes the generation before the last commit the active one; false where it is no longer whole. */
  undo(): boolean {
    if (this.#committing) throw new AgentError('busy', 'a commit is running');
    const { control } = this.#set;
    const active = control.active();
    const former = active && control.header(other(active.generation));
    if (!active || !former) return false;
    control.activate(other(active.generation), former.commit);
    this.#damaged = false;
    return true;
  }

  /** A number for an interface that none had before, also over restarts. */
  nextInstance(): number {
    return this.#set.control.nextInstance();
  }

  /**
   * Attaches both directions; idempotent, and puts TCX links back at the head. TCX takes 20 to 40 ms off the event loop
   * (the kernel waits for grace periods). Throws AgentError `attach`.
   */
  attach(ifindex: number): Promise<void> {
    return this.#inTurn(async () => {
      // Former programs that enforce must not give way to programs that have nothing committed.
      if (this.#pending && this.#attachments.isAttached(ifindex)) return;
      await this.#attachments.attach(ifindex, this.#set);
    });
  }

  detach(ifindex: number): Promise<void> {
    return this.#inTurn(() => this.#attachments.detach(ifindex));
  }

  /** The interfaces that are attached in both directions as the kernel says; what is gone is collected. */
  attached(): Promise<readonly Attached[]> {
    return this.#inTurn(() => this.#attachments.attached(pace(this.#clock)));
  }

  /** Calls back with each event, from the event loop; a later call replaces the callback. */
  events(onEvent: (event: DatapathEvent) => void): void {
    this.#events.listen(this.#set, onEvent);
  }

  /** Events that found the ring buffer full. */
  get lostEvents(): number {
    return this.#set.control.lostEvents;
  }

  /** Denials that were not told of because their endpoint had more a second than are. */
  get limitedEvents(): number {
    return this.#set.control.limitedEvents;
  }

  /** What would have been denied at endpoints that are only observed. */
  get observedDenials(): number {
    return this.#set.control.observedDenials;
  }

  /** Leaves everything pinned and enforcing. What runs is finished first, and then the lock is given up. */
  close(): void {
    this.#closing = true;
    this.#events.close();
    if (this.#tasks === 0) this.#release();
  }

  /** Detaches and unpins all of a pin directory; nothing where there is none. Throws AgentError `locked`. */
  static remove(pinDir: string): Removed {
    if (!existsSync(pinDir)) return { links: 0, filters: 0, qdiscs: 0, programs: 0, maps: 0 };
    captureLibbpfLog();
    const pins = new PinDirectory(pinDir);
    const lock = new Lock(pins.path);
    try {
      const removed = { ...new Attachments(pins, 'tcx').abandon(), ...pins.pinned() };
      pins.remove();
      return removed;
    } finally {
      lock.close();
    }
  }

  /** The object's programs, which commits go to. */
  get #set(): ProgramSet {
    if (this.#openSet === undefined) throw new AgentError('kernel', 'the datapath is closed');
    return this.#openSet;
  }

  /** One task after the other: links must not be made while a commit moves them. */
  async #inTurn<Result>(task: () => Promise<Result>): Promise<Result> {
    this.#tasks++;
    try {
      return await this.#serial.run(task);
    } finally {
      this.#tasks--;
      if (this.#closing && this.#tasks === 0) this.#release();
    }
  }

  #release(): void {
    if (this.#openSet === undefined) return;
    this.#openSet.close();
    this.#openSet = undefined;
    this.#grace.close();
    this.#lock.close();
  }

  async #commit(image: Image, header: CommitHeader): Promise<CommitReport> {
    const halves = halvesFor(image, this.#set.halves);
    const grew = grownArrays(this.#set.halves, halves).length > 0;
    if (grew) await this.#grow(halves);
    const set = this.#set;
    const endpoint = widenEndpoints(image.endpoint, set.arrays.endpoint.halfBytes);
    const content: Image = { ...image, endpoint };
    if (await this.#isActive(content, header)) return unchanged(this.active?.commit ?? 0, grew);

    this.#lastCommit = Math.max(this.#lastCommit, lastCommitOf(set)) + 1;
    const report = await commitImage(
      set,
      content,
      { ...header, commit: this.#lastCommit },
      { grace: this.#grace, clock: this.#clock },
    );
    this.#damaged = false;
    if (this.#pending) await this.#enforce(set);
    return { ...report, grew };
  }

  async #isActive(image: Image, header: CommitHeader): Promise<boolean> {
    const { active } = this;
    if (!active || active.damaged) return false;
    if (active.revision !== header.revision || !equalDigest(active.digest, header.digest)) return false;
    const generation = this.#set.control.active()?.generation ?? 0;
    return (await compareGeneration(this.#set.arrays, generation, image, pace(this.#clock))) === undefined;
  }

  async #grow(halves: Halves): Promise<void> {
    const old = this.#set;
    const pause = pace(this.#clock);
    const set = await this.#loadGrown(old, halves, pause);
    this.#log.info('grew the arrays', { halves });
    this.#openSet = set;
    if (this.#pending) this.#pins.removeSetsBut([set.path, this.#pins.current ?? set.path]);
    else await this.#enforce(set);
    if (grownArrays(old.halves, halves).includes('endpoint') && !this.#damaged)
      for (const generation of [0, 1] as const)
        set.control.rewriteChecksum(generation, await checksum(set.arrays, generation, pause));
    old.close();
  }

  async #loadGrown(old: ProgramSet, halves: Halves, pause: () => Promise<void>): Promise<ProgramSet> {
    try {
      return await grow(old, halves, this.#object, this.#pins, pause);
    } catch (error) {
      this.#pins.removeSetsBut([old.path, this.#pins.current ?? old.path]);
      throw error;
    }
  }

  /** From here on a start takes this set over, and moves the links that a crash leaves behind. */
  async #enforce(set: ProgramSet): Promise<void> {
    this.#pins.makeCurrent(set.path);
    await this.#attachments.move(set, pace(this.#clock));
    this.#pending = false;
    this.#pins.removeSetsBut([set.path]);
    this.#events.follow(set);
  }
}

const unchanged = (commit: number, grew: boolean): CommitReport => ({
  commit,
  wordsWritten: 0,
  grew,
  graceMs: 0,
  writeMs: 0,
  readBackMs: 0,
});

function attachModeOf(mode: DatapathOptions['attachMode']): 'tcx' | 'clsact' {
  if (mode === 'clsact') return mode;
  const tcx = hasTcx();
  if (!tcx && mode === 'tcx') throw new AgentError('attach', 'this kernel has no TCX (Linux 6.6)');
  return tcx ? 'tcx' : 'clsact';
}

async function isDamaged({ control, arrays }: ProgramSet, clock: Clock): Promise<boolean> {
  const active = control.active();
  const header = active && control.header(active.generation);
  if (!active || !header) return false;
  return (await checksum(arrays, active.generation, pace(clock))) !== header.checksum;
}
