import { existsSync, mkdirSync, rmdirSync, rmSync } from 'node:fs';
import { AgentError } from '../errors.ts';
import { attachClsact, clsactProgram, detachClsact, removeEmptyClsact } from './clsact.ts';
import type { ProgramName } from './object.ts';
import type { PinDirectory } from './pin-directory.ts';
import {
  attachTcx,
  type Direction,
  directions,
  isTcxHead,
  moveTcxLink,
  readTcxLink,
  removeTcxLink,
  retakeTcxHead,
} from './tcx.ts';

export type AttachedMode = 'tcx' | 'clsact';

export interface Attached {
  readonly ifindex: number;
  readonly mode: AttachedMode;
  /** Nothing is left to do: these programs, in the mode that is wanted, before those of others. */
  readonly inPlace: boolean;
}

/** What a pin says of an interface; the kernel may say something else. */
type Pinned = Omit<Attached, 'inPlace'>;

/** What was taken away of each kind. */
export interface Abandoned {
  readonly links: number;
  readonly filters: number;
  readonly qdiscs: number;
}

/** The programs to attach, and their ids. */
export interface AttachedPrograms {
  readonly programs: Readonly<Record<ProgramName, number>>;
  readonly programIds: Readonly<Record<ProgramName, number>>;
}

const programOf = { egress: 'pod_egress', ingress: 'pod_ingress' } as const satisfies Record<
  Direction,
  ProgramName
>;
const nameOf = (ifindex: number, direction: Direction): string => `${ifindex}-${direction}`;

/** What is attached where, as the pins and the kernel say; nothing of it is kept in memory. */
export class Attachments {
  readonly mode: AttachedMode;
  readonly #pins: PinDirectory;

  constructor(pins: PinDirectory, mode: AttachedMode) {
    this.#pins = pins;
    this.mode = mode;
  }

  /**
   * Attaches both directions to an interface. Does nothing where that is so already; puts a link back at the head of
   * its hook. Throws AgentError `attach`, and then neither direction is left half made.
   */
  async attach(ifindex: number, set: AttachedPrograms): Promise<void> {
    const isNew = !this.#isPinned(ifindex);
    try {
      for (const direction of directions)
        if (this.mode === 'tcx') await this.#attachTcx(ifindex, direction, set);
        else this.#attachClsact(ifindex, direction, set);
    } catch (error) {
      if (isNew) await this.detach(ifindex);
      throw error;
    }
    // Only now: an interface that changes its mode is judged all the time.
    for (const direction of directions)
      if (this.mode === 'tcx') this.#removeFilter(ifindex, direction);
      else await this.#removeLink(ifindex, direction);
  }

  async detach(ifindex: number): Promise<void> {
    for (const direction of directions) {
      await this.#removeLink(ifindex, direction);
      this.#removeFilter(ifindex, direction);
    }
  }

  /** Detaches all, what is by TCX as soon as the kernel gets to it. */
  abandon(): Abandoned {
    const [links, filters] = [this.#pins.links().length, this.#pins.filters().length];
    let qdiscs = 0;
    for (const ifindex of new Set(this.#list().map((attached) => attached.ifindex)))
      for (const direction of directions) {
        rmSync(this.#pins.link(nameOf(ifindex, direction)), { force: true });
        if (this.#removeFilter(ifindex, direction)) qdiscs += 1;
      }
    return { links, filters, qdiscs };
  }

  /**
   * The interfaces of which both directions are attached. What the pins name and the kernel no longer has (the
   * interface is gone, somebody removed the filter) is collected. Takes about 30 µs an interface.
   */
  async attached(set: AttachedPrograms, pause: () => Promise<void>): Promise<readonly Attached[]> {
    const found: Attached[] = [];
    for (const pinned of this.#list()) {
      const { ifindex, mode } = pinned;
      const isFirst = this.#isFirst(pinned, set);
      if (!isFirst) this.#collect(pinned);
      if (this.#isPinned(ifindex, mode))
        found.push({ ifindex, mode, inPlace: isFirst && mode === this.mode });
      await pause();
    }
    return found;
  }

  /** Moves all that is attached to other programs, in place. */
  async move(set: AttachedPrograms, pause: () => Promise<void>): Promise<void> {
    for (const pinned of this.#list()) {
      if (!this.#isFirst(pinned, set)) {
        this.#collect(pinned);
        this.#move(pinned, set);
      }
      await pause();
    }
  }

  async #attachTcx(ifindex: number, direction: Direction, set: AttachedPrograms): Promise<void> {
    const program = set.programs[programOf[direction]];
    const pin = this.#pins.link(nameOf(ifindex, direction));
    if (existsSync(pin) && readTcxLink(pin).ifindex !== ifindex) await this.#removeLink(ifindex, direction);
    if (!existsSync(pin)) await attachTcx(program, ifindex, direction, pin);
    else this.#moveLink(ifindex, direction, set);
    if (!isTcxHead(ifindex, direction, set.programIds[programOf[direction]]))
      await retakeTcxHead(program, ifindex, direction, pin);
  }

  #attachClsact(ifindex: number, direction: Direction, set: AttachedPrograms): void {
    const marker = this.#pins.filter(nameOf(ifindex, direction));
    const name = programOf[direction];
    // An ingress qdisc has no hook for what leaves and takes such a filter for one of what comes in: it would take the
    // place of the pod's egress, which is attached first and so is what is found here.
    if (direction === 'ingress' && clsactProgram(ifindex, direction) === set.programIds.pod_egress)
      throw new AgentError('attach', 'an ingress qdisc has no hook for what the pod receives; clsact has', {
        ifindex,
      });
    if (clsactProgram(ifindex, direction) !== set.programIds[name])
      this.#putFilter(set.programs[name], ifindex, direction);
    mkdirSync(marker, { recursive: true });
  }

  #move({ ifindex, mode }: Pinned, set: AttachedPrograms): void {
    for (const direction of directions)
      if (mode === 'tcx') this.#moveLink(ifindex, direction, set);
      else this.#moveFilter(ifindex, direction, set);
  }

  #moveLink(ifindex: number, direction: Direction, set: AttachedPrograms): void {
    const pin = this.#pins.link(nameOf(ifindex, direction));
    if (!existsSync(pin)) return;
    const name = programOf[direction];
    if (readTcxLink(pin).programId !== set.programIds[name]) moveTcxLink(pin, set.programs[name]);
  }

  #moveFilter(ifindex: number, direction: Direction, set: AttachedPrograms): void {
    const name = programOf[direction];
    const present = clsactProgram(ifindex, direction);
    if (present === undefined || present === set.programIds[name]) return;
    try {
      attachClsact(set.programs[name], ifindex, direction);
    } catch (error) {
      // The interface may go away at any moment.
      if (clsactProgram(ifindex, direction) !== undefined) throw error;
    }
  }

  /** Whether an interface has pins of either kind. */
  isAttached(ifindex: number): boolean {
    return this.#isPinned(ifindex, 'tcx') || this.#isPinned(ifindex, 'clsact');
  }

  #isPinned(ifindex: number, mode: AttachedMode = this.mode): boolean {
    return directions.every((direction) =>
      mode === 'tcx'
        ? existsSync(this.#pins.link(nameOf(ifindex, direction)))
        : existsSync(this.#pins.filter(nameOf(ifindex, direction))),
    );
  }

  /** Asks the hooks, which is a third of what asking the links costs. */
  #isFirst({ ifindex, mode }: Pinned, { programIds }: AttachedPrograms): boolean {
    return (
      this.#isPinned(ifindex, mode) &&
      directions.every((direction) => {
        const id = programIds[programOf[direction]];
        return mode === 'tcx' ? isTcxHead(ifindex, direction, id) : clsactProgram(ifindex, direction) === id;
      })
    );
  }

  #list(): readonly Pinned[] {
    const found = (names: readonly string[], mode: AttachedMode): readonly Pinned[] =>
      [...new Set(names.map((name) => Number.parseInt(name, 10)))].map((ifindex) => ({ ifindex, mode }));
    return [...found(this.#pins.links(), 'tcx'), ...found(this.#pins.filters(), 'clsact')].sort(
      (a, b) => a.ifindex - b.ifindex,
    );
  }

  #collect({ ifindex, mode }: Pinned): void {
    for (const direction of directions)
      if (mode === 'tcx') {
        const pin = this.#pins.link(nameOf(ifindex, direction));
        if (existsSync(pin) && readTcxLink(pin).ifindex === 0) rmSync(pin);
      } else if (clsactProgram(ifindex, direction) === undefined) this.#removeFilter(ifindex, direction);
  }

  async #removeLink(ifindex: number, direction: Direction): Promise<void> {
    const pin = this.#pins.link(nameOf(ifindex, direction));
    if (existsSync(pin)) await removeTcxLink(pin);
  }

  #putFilter(program: number, ifindex: number, direction: Direction): void {
    // A stranger's qdisc is not taken away with our filters; the note comes last, and without it ours only stays.
    if (attachClsact(program, ifindex, direction)) mkdirSync(this.#pins.qdisc(ifindex), { recursive: true });
  }

  /** The last one takes our qdisc along, unless others use it. Tells whether it did. */
  #removeFilter(ifindex: number, direction: Direction): boolean {
    const marker = this.#pins.filter(nameOf(ifindex, direction));
    if (!existsSync(marker)) return false;
    detachClsact(ifindex, direction);
    rmdirSync(marker);
    const qdisc = this.#pins.qdisc(ifindex);
    const used = directions.some((other) => existsSync(this.#pins.filter(nameOf(ifindex, other))));
    if (used || !existsSync(qdisc)) return false;
    rmdirSync(qdisc);
    return removeEmptyClsact(ifindex);
  }
}
