import type { Log } from '@weir/log/log.ts';
import type { AttachMode } from '../config.ts';
import { AgentError } from '../errors.ts';
import type { Image } from '../image/image.ts';
import type { Active } from './active.ts';
import { attachModeOf } from './attach-mode.ts';
import { type Attached, type AttachedMode, Attachments } from './attachments.ts';
import type { Clock } from './clock.ts';
import type { CommitHeader, CommitReport } from './commit.ts';
import { Committer } from './committer.ts';
import type { Counters } from './control.ts';
import type { InstalledEndpoint } from './endpoint-table.ts';
import type { DatapathEvent } from './event.ts';
import { EventReader } from './event-reader.ts';
import { checksum } from './generation.ts';
import { captureLibbpfLog } from './libbpf-log.ts';
import { Lock } from './lock.ts';
import { ProgramObject } from './object.ts';
import { pace } from './pace.ts';
import { PinDirectory } from './pin-directory.ts';
import type { ProgramSet } from './program-set.ts';
import { SetInForce } from './set-in-force.ts';
import { takeOver } from './take-over.ts';
import { Turns } from './turns.ts';

export interface DatapathOptions {
  /** The compiled programs. */
  readonly objectFile: string;
  /** A directory of this agent alone in a BPF file system; made where it is missing. */
  readonly pinDir: string;
  /** `auto`: TCX where the kernel has it, else clsact. */
  readonly attachMode: AttachMode;
  readonly log: Log;
  readonly clock: Clock;
  /**
   * Number of the very first commit, 1 unless told. Nodes that share a kernel (kind, the lab) begin at random ones:
   * the stamp on a packet, the low bits of the number, outlives the way from one node to the other there.
   */
  readonly firstCommit?: number;
}

interface DatapathParts {
  readonly lock: Lock;
  readonly attachments: Attachments;
  readonly inForce: SetInForce;
  readonly committer: Committer;
  readonly events: EventReader;
  readonly clock: Clock;
}

/**
 * The programs in the kernel and their maps: the agent's only way to them.
 *
 *     image ─► committer ─► set in force (weir_* maps, programs) ◄─ attachments ─► interfaces
 *                                 └─► event reader
 */
export class Datapath {
  readonly #parts: DatapathParts;
  /** Links must not be made while a commit moves them. */
  readonly #turns = new Turns();
  #committing = false;

  /**
   * Takes over what is pinned, or loads the programs. Throws AgentError `locked`, `object`, `verifier`, `kernel`,
   * `attach`; what is attached goes on enforcing then.
   */
  static async open(options: DatapathOptions): Promise<Datapath> {
    const { objectFile, pinDir, attachMode, log, clock, firstCommit = 1 } = options;
    captureLibbpfLog();
    const pins = new PinDirectory(pinDir);
    const lock = new Lock(pins.path);
    try {
      const object = new ProgramObject(objectFile);
      const attachments = new Attachments(pins, attachModeOf(attachMode));
      const events = new EventReader();
      const onEnforcing = (set: ProgramSet): void => events.follow(set);
      const taken = await takeOver(pins, object, attachments, log, pace(clock));
      const inForce = new SetInForce({ pins, object, attachments, log, clock, onEnforcing }, taken);
      const committer = new Committer(inForce, {
        clock,
        lastCommit: taken.lastCommit || firstCommit - 1,
        damaged: await isDamaged(taken.set, clock),
      });
      return new Datapath({ lock, attachments, inForce, committer, events, clock });
    } catch (error) {
      lock.close();
      throw error;
    }
  }

  private constructor(parts: DatapathParts) {
    this.#parts = parts;
  }

  /** What is enforced; undefined where nothing is that this agent's programs can read. */
  get active(): Active | undefined {
    return this.#parts.committer.active;
  }

  get attachMode(): AttachedMode {
    return this.#parts.attachments.mode;
  }

  /** The interfaces in the active generation, with what must stay as it is when the agent starts again. */
  installed(): readonly InstalledEndpoint[] {
    return this.#parts.committer.installed();
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
      return await this.#turns.take(() => this.#parts.committer.commit(image, header));
    } finally {
      this.#committing = false;
    }
  }

  /** Makes the generation before the last commit the active one; false where it is no longer whole. */
  undo(): boolean {
    if (this.#committing) throw new AgentError('busy', 'a commit is running');
    return this.#parts.committer.undo();
  }

  /** A number for an interface that none had before, also over restarts. */
  nextInstance(): number {
    return this.#control.nextInstance();
  }

  /**
   * Attaches both directions; idempotent, and puts TCX links back at the head. New links by TCX take 20 to 40 ms off the
   * event loop: the kernel waits a grace period for each. Throws AgentError `attach`.
   */
  attach(ifindex: number): Promise<void> {
    const { attachments, inForce } = this.#parts;
    return this.#turns.take(async () => {
      // Former programs that enforce must not give way to programs that have nothing committed.
      if (inForce.pending && attachments.isAttached(ifindex)) return;
      await attachments.attach(ifindex, inForce.set);
    });
  }

  detach(ifindex: number): Promise<void> {
    return this.#turns.take(() => this.#parts.attachments.detach(ifindex));
  }

  /** The interfaces that are attached in both directions as the kernel says; what is gone is collected. */
  attached(): Promise<readonly Attached[]> {
    const { attachments, inForce, clock } = this.#parts;
    return this.#turns.take(() => attachments.attached(inForce.set, pace(clock)));
  }

  /** Calls back with each event, from the event loop; a later call replaces the callback. */
  events(onEvent: (event: DatapathEvent) => void): void {
    this.#parts.events.listen(this.#parts.inForce.set, onEvent);
  }

  /** What the programs have counted since their maps were made. */
  counters(): Counters {
    return this.#control.counters();
  }

  /** Leaves everything pinned and enforcing. What runs is finished first, and then the lock is given up. */
  close(): void {
    const { events, inForce, committer, lock } = this.#parts;
    events.close();
    this.#turns.close(() => {
      inForce.close();
      committer.close();
      lock.close();
    });
  }

  get #control(): ProgramSet['control'] {
    return this.#parts.inForce.set.control;
  }
}

async function isDamaged({ control, arrays }: ProgramSet, clock: Clock): Promise<boolean> {
  const active = control.active();
  const header = active && control.header(active.generation);
  if (!active || !header) return false;
  return (await checksum(arrays, active.generation, pace(clock))) !== header.checksum;
}
