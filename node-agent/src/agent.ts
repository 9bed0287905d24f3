import { isDeepStrictEqual } from 'node:util';
import type { Log } from '@weir/log/log.ts';
import { type Digest, emptyDigest, equalDigest } from '@weir/proto/digest.ts';
import { attachOrder } from './attach/attach-order.ts';
import { Attacher } from './attach/attacher.ts';
import type { Binder, BindResult } from './attach/bind.ts';
import { AddressClaims } from './attach/claims.ts';
import { hasMoved } from './attach/has-moved.ts';
import type { Interfaces } from './attach/look-at-interfaces.ts';
import { sameAddresses } from './attach/same-addresses.ts';
import type { Bundle, BundleChange } from './bundle.ts';
import { AgentError } from './errors.ts';
import type { Binding } from './image/image.ts';
import type { ImageBuilder } from './image/image-builder.ts';
import { type CommitReport, nothingWritten } from './kernel/commit.ts';
import type { Datapath } from './kernel/datapath.ts';
import { Serial } from './serial.ts';

/** What is enforced after an attempt to apply something. */
export interface Enforced {
  readonly bundle: Bundle;
  readonly bound: BindResult;
  readonly own: readonly Uint8Array[];
  /** How many interfaces have the programs. */
  readonly attached: number;
  /** Uids of endpoints whose interfaces are about to get them, and that are uncovered until then. */
  readonly attaching: readonly string[];
  readonly commit: CommitReport;
}

/** One that succeeded, before it is known what is attached. */
type Attempt = Omit<Enforced, 'attached' | 'attaching'>;

export interface AgentParts {
  readonly datapath: Datapath;
  readonly builder: ImageBuilder;
  readonly binder: Binder;
  readonly log: Log;
  /**
   * Told of every attempt that succeeded, also of those that had nothing to write, and again when interfaces are
   * attached later.
   */
  readonly onEnforced: (enforced: Enforced) => void;
}

/**
 * The way of a bundle on its node:
 *
 *     sync ── bundle ──┐
 *                      ├─► bind ─► image ─► commit ─► attach
 *     netlink ─ pods ──┘
 *
 * One change at a time. What fails leaves the kernel as it is, and the next change builds the image anew.
 */
export class Agent {
  readonly #parts: AgentParts;
  readonly #serial = new Serial();
  readonly #claims = new AddressClaims();
  readonly #attacher: Attacher;
  #interfaces: Interfaces = { pods: [], own: [] };
  #bundle: Bundle | undefined;
  /** Digest of what the last attempt was about; the bundle itself goes on when the next change is under way. */
  #digest: Digest = emptyDigest;
  /** The kernel enforces the bundle. */
  #inForce = false;
  /** The builder holds the image of what was committed last; else it must be built from scratch. */
  #built = false;
  /** Nothing is dropped, whatever the bundle says. */
  #observeOnly = false;
  /** The last attempt that succeeded. */
  #last: Attempt | undefined;

  constructor(parts: AgentParts) {
    this.#parts = parts;
    const { datapath, log } = parts;
    this.#attacher = new Attacher({ datapath, log, onChange: () => this.#tellAgain() });
  }

  /**
   * Starts from the last good bundle. Where the kernel enforces just that, nothing is written.
   *
   * @param formerOwn the node's own addresses at the last commit
   */
  resume(bundle: Bundle, formerOwn: readonly Uint8Array[]): Promise<Enforced> {
    return this.#try(bundle, async (bound) => {
      if (!this.#isEnforced(bundle, bound, formerOwn)) return this.#apply(wholeChange(bundle), bound);
      this.#inForce = true;
      const active = this.#parts.datapath.active;
      this.#parts.log.info('the kernel enforces the last good bundle', { revision: active?.revision });
      const commit = nothingWritten(active?.commit ?? 0);
      return this.#attach({ bundle, bound, own: this.#interfaces.own, commit });
    });
  }

  /**
   * A bundle from the operator; resolves when the kernel enforces it, rejects with an AgentError when it does not.
   * Interfaces that take longer to attach are uncovered until then.
   */
  changeBundle(change: BundleChange): Promise<Enforced> {
    return this.#try(change.bundle, (bound) => this.#apply(change, bound));
  }

  /** What the node looks like now. */
  changeInterfaces(interfaces: Interfaces): Promise<void> {
    return this.#serial.run(async () => {
      const former = this.#interfaces;
      this.#interfaces = interfaces;
      this.#claims.update(interfaces.pods);
      await this.#rebind(!sameAddresses(former.own, interfaces.own));
      // An interface may have come in the place of another one with its number.
      if (!isDeepStrictEqual(former.pods, interfaces.pods)) this.checkAttached();
    });
  }

  /** Sees to it that the programs are still where they were attached, and before those of others. */
  checkAttached(): void {
    this.#attacher
      .check()
      .catch((error: unknown) =>
        this.#parts.log.error('attached interfaces can not be checked', { error: String(error) }),
      );
  }

  /** Attaches no more interfaces; resolves when the one under way is. */
  stop(): Promise<void> {
    return this.#attacher.stop();
  }

  /** Whether nothing is to be dropped here, whatever the bundle says. */
  observeOnly(observeOnly: boolean): Promise<void> {
    return this.#serial.run(async () => {
      this.#observeOnly = observeOnly;
      await this.#rebind(false);
    });
  }

  /**
   * One attempt at a bundle. One that fails is taken back by whoever gave it: from then on it is the former bundle that
   * follows the node's interfaces.
   */
  #try(bundle: Bundle, attempt: (bound: BindResult) => Promise<Enforced>): Promise<Enforced> {
    return this.#serial.run(async () => {
      const former = { bundle: this.#bundle, digest: this.#digest };
      this.#bundle = bundle;
      this.#digest = bundle.digest;
      try {
        return await attempt(this.#bind(bundle));
      } catch (error) {
        this.#bundle = former.bundle;
        this.#digest = former.digest;
        this.#inForce = false;
        throw error;
      }
    });
  }

  /** The same bundle on what the node is now. */
  async #rebind(changed: boolean): Promise<void> {
    const bundle = this.#bundle;
    // A change of the bundle that waits behind this one binds anew anyhow; half of it must not get in here.
    if (bundle === undefined || !equalDigest(bundle.digest, this.#digest)) return;
    const bound = this.#bind(bundle);
    const { datapath } = this.#parts;
    if (this.#inForce && !hasMoved(datapath.installed(), interfacesOf(bound)) && !changed) return;
    await this.#apply({ bundle, whole: false, upserts: [], removes: [] }, bound);
  }

  #bind(bundle: Bundle): BindResult {
    const bound = this.#parts.binder.bind(bundle, this.#claims);
    if (!bundle.observe && !this.#observeOnly) return bound;
    const observed = (list: readonly Binding[]): readonly Binding[] =>
      list.map((binding) => ({ ...binding, observe: true }));
    return { ...bound, bindings: observed(bound.bindings), closed: observed(bound.closed) };
  }

  async #apply(change: BundleChange, bound: BindResult): Promise<Enforced> {
    const { builder, datapath } = this.#parts;
    const { bundle } = change;
    const { own } = this.#interfaces;
    try {
      const step = this.#built ? change : wholeChange(bundle);
      this.#built = false;
      this.#inForce = false;
      builder.update(step, interfacesOf(bound), own);
      const { revision, digest } = bundle;
      const commit = await datapath.commit(builder.image, { revision, digest });
      // Only now: an image that was refused is not what the next change alters.
      this.#built = true;
      this.#inForce = true;
      return await this.#attach({ bundle, bound, own, commit });
    } catch (error) {
      throw AgentError.from(error, 'kernel');
    }
  }

  /** Programs come last, so that an interface is never judged by an image that does not know it. */
  async #attach(attempt: Attempt): Promise<Enforced> {
    this.#last = attempt;
    await this.#attacher.want(attachOrder(attempt.bundle, interfacesOf(attempt.bound)));
    return this.#tell(attempt);
  }

  #tell(attempt: Attempt): Enforced {
    const { bound } = attempt;
    const { unattached, due } = this.#attacher;
    const uidsOn = (ifindexes: ReadonlySet<number>): readonly string[] =>
      bound.bindings.filter(({ ifindex }) => ifindexes.has(ifindex)).map(({ uid }) => uid);
    const open = uidsOn(unattached);
    const enforced = {
      ...attempt,
      bound: { ...bound, uncovered: [...bound.uncovered, ...open].sort() },
      attached: bound.bindings.length - open.length,
      attaching: uidsOn(due),
    };
    this.#parts.onEnforced(enforced);
    return enforced;
  }

  /** Interfaces are attached, or are no longer, without a change of anything else. */
  #tellAgain(): void {
    const told = this.#serial.run(async () => {
      const last = this.#last;
      // Else another attempt is about to tell, or has failed and is tried again.
      if (last && this.#inForce && equalDigest(last.bundle.digest, this.#digest))
        this.#tell({ ...last, commit: nothingWritten(last.commit.commit) });
    });
    told.catch((error: unknown) =>
      this.#parts.log.error('coverage can not be told', { error: String(error) }),
    );
  }

  #isEnforced(bundle: Bundle, bound: BindResult, formerOwn: readonly Uint8Array[]): boolean {
    const { datapath } = this.#parts;
    const { active } = datapath;
    return (
      active !== undefined &&
      !active.damaged &&
      active.revision === bundle.revision &&
      equalDigest(active.digest, bundle.digest) &&
      sameAddresses(formerOwn, this.#interfaces.own) &&
      !hasMoved(datapath.installed(), interfacesOf(bound))
    );
  }
}

/** All that packets are judged at. */
const interfacesOf = ({ bindings, closed }: BindResult): readonly Binding[] => [...bindings, ...closed];

const wholeChange = (bundle: Bundle): BundleChange => ({ bundle, whole: true, upserts: [], removes: [] });
