import type { Log } from '@weir/log/log.ts';
import { AgentError } from '../errors.ts';
import type { Attachments } from './attachments.ts';
import type { Clock } from './clock.ts';
import { grow } from './growth.ts';
import type { ProgramObject } from './object.ts';
import { pace } from './pace.ts';
import type { PinDirectory } from './pin-directory.ts';
import type { ProgramSet } from './program-set.ts';
import type { Halves } from './size-class.ts';
import type { TakenOver } from './take-over.ts';

export interface SetParts {
  readonly pins: PinDirectory;
  readonly object: ProgramObject;
  readonly attachments: Attachments;
  readonly log: Log;
  readonly clock: Clock;
  /** Told when what is attached runs a set's programs from now on. */
  readonly onEnforcing: (set: ProgramSet) => void;
}

/** The object's programs and maps, which commits go to, and whether what is attached runs them. */
export class SetInForce {
  readonly #parts: SetParts;
  /** Undefined once closed: its memory is gone. */
  #set: ProgramSet | undefined;
  #pending: boolean;

  constructor(parts: SetParts, taken: Pick<TakenOver, 'set' | 'pending'>) {
    this.#parts = parts;
    this.#set = taken.set;
    this.#pending = taken.pending;
  }

  /** Throws AgentError `kernel` once closed. */
  get set(): ProgramSet {
    if (this.#set === undefined) throw new AgentError('kernel', 'the datapath is closed');
    return this.#set;
  }

  /** What is attached runs former programs until the first commit. */
  get pending(): boolean {
    return this.#pending;
  }

  /**
   * The same with larger arrays. Where they cannot be made, all is as it was; where what is attached cannot be moved to
   * them, that is pending.
   */
  async grow(halves: Halves): Promise<void> {
    const { pins, log } = this.#parts;
    const old = this.set;
    const set = await this.#load(old, halves);
    log.info('grew the arrays', { halves });
    this.#set = set;
    try {
      if (this.#pending) pins.removeSetsBut([set.path, pins.current ?? set.path]);
      else await this.enforce();
    } finally {
      old.close();
    }
  }

  /**
   * Makes what is attached run this set's programs. From here on a start takes this set over, and moves the links that
   * a crash leaves behind.
   */
  async enforce(): Promise<void> {
    const { pins, attachments, clock, onEnforcing } = this.#parts;
    const { set } = this;
    this.#pending = true;
    pins.makeCurrent(set.path);
    await attachments.move(set, pace(clock));
    this.#pending = false;
    pins.removeSetsBut([set.path]);
    onEnforcing(set);
  }

  close(): void {
    this.#set?.close();
    this.#set = undefined;
  }

  async #load(old: ProgramSet, halves: Halves): Promise<ProgramSet> {
    const { object, pins, clock } = this.#parts;
    try {
      return await grow(old, halves, object, pins, pace(clock));
    } catch (error) {
      pins.removeSetsBut([old.path, pins.current ?? old.path]);
      throw error;
    }
  }
}
