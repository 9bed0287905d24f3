import type { Log } from '@weir/log/log.ts';
import { type Digest, emptyDigest, equalDigest } from '@weir/proto/digest.ts';
import { attachInterfaces } from './attach/attach-interfaces.ts';
import type { Binder, BindResult } from './attach/bind.ts';
import { AddressClaims } from './attach/claims.ts';
import type { PodInterface } from './attach/pod-interface.ts';
import type { Bundle, BundleChange } from './bundle.ts';
import { AgentError } from './errors.ts';
import type { ImageBuilder } from './image/image-builder.ts';
import type { CommitReport } from './kernel/commit.ts';
import type { Datapath } from './kernel/datapath.ts';
import { Serial } from './serial.ts';

/** What is seen of the node itself. */
export interface Interfaces {
  readonly pods: readonly PodInterface[];
  /** The node's own addresses. */
  readonly own: readonly Uint8Array[];
}

/** What is enforced after an attempt to apply something. */
export interface Enforced {
  readonly bundle: Bundle;
  readonly bound: BindResult;
  readonly own: readonly Uint8Array[];
  readonly commit: CommitReport;
}

export interface AgentParts {
  readonly datapath: Datapath;
  readonly builder: ImageBuilder;
  readonly binder: Binder;
  readonly log: Log;
  /** Told of every attempt that succeeded, also of those that had nothing to write. */
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
  #interfaces: Interfaces = { pods: [], own: [] };
  #bundle: Bundle | undefined;
  /** Digest of what the last attempt was about; the bundle itself goes on when the next change is under way. */
  #digest: Digest = emptyDigest;
  /** The kernel enforces the bundle. */
  #inForce = false;
  /** The builder holds the bundle's image; else it must be built from scratch. */
  #built = false;
  /** Nothing is dropped, whatever the bundle says. */
  #observeOnly = false;

  constructor(parts: AgentParts) {
    this.#parts = parts;
  }

  /**
   * Starts from the last good bundle. Where the kernel enforces just that, nothing is written.
   *
   * @param formerOwn the node's own addresses at the last commit
   */
  resume(bundle: Bundle, formerOwn: readonly Uint8Array[]): Promise<Enforced> {
    return this.#serial.run(async () => {
      this.#bundle = bundle;
      this.#digest = bundle.digest;
      const bound = this.#bind(bundle);
      if (!this.#isEnforced(bundle, bound, formerOwn)) return this.#apply(wholeChange(bundle), bound);
      this.#inForce = true;
      const active = this.#parts.datapath.active;
      this.#parts.log.info('the kernel enforces the last good bundle', { revision: active?.revision });
      return this.#attach(bound, {
        bundle,
        bound,
        own: this.#interfaces.own,
        commit: nothingWritten(active?.commit ?? 0),
      });
    });
  }

  /** A bundle from the operator; resolves when the kernel enforces it, rejects with an AgentError when it does not. */
  changeBundle(change: BundleChange): Promise<Enforced> {
    return this.#serial.run(() => {
      this.#bundle = change.bundle;
      this.#digest = change.bundle.digest;
      return this.#apply(change, this.#bind(change.bundle));
    });
  }

  /** What the node looks like now. */
  changeInterfaces(interfaces: Interfaces): Promise<void> {
    return this.#serial.run(async () => {
      const former = this.#interfaces;
      this.#interfaces = interfaces;
      this.#claims.update(interfaces.pods);
      await this.#rebind(!sameAddresses(former.own, interfaces.own));
    });
  }

  /** Whether nothing is to be dropped here, whatever the bundle says. */
  observeOnly(observeOnly: boolean): Promise<void> {
    return this.#serial.run(async () => {
      this.#observeOnly = observeOnly;
      await this.#rebind(false);
    });
  }

  /** The same bundle on what the node is now. */
  async #rebind(changed: boolean): Promise<void> {
    const bundle = this.#bundle;
    // A change of the bundle that waits behind this one binds anew anyhow; half of it must not get in here.
    if (bundle === undefined || !equalDigest(bundle.digest, this.#digest)) return;
    const bound = this.#bind(bundle);
    if (this.#inForce && !this.#moved(bound) && !changed) return;
    await this.#apply({ bundle, whole: false, upserts: [], removes: [] }, bound);
  }

  #bind(bundle: Bundle): BindResult {
    const bound = this.#parts.binder.bind(bundle, this.#claims);
    if (!bundle.observe && !this.#observeOnly) return bound;
    return { ...bound, bindings: bound.bindings.map((binding) => ({ ...binding, observe: true })) };
  }

  async #apply(change: BundleChange, bound: BindResult): Promise<Enforced> {
    const { builder, datapath } = this.#parts;
    const { bundle } = change;
    const { own } = this.#interfaces;
    try {
      const step = this.#built ? change : wholeChange(bundle);
      this.#built = false;
      this.#inForce = false;
      builder.update(step, bound.bindings, own);
      this.#built = true;
      const commit = await datapath.commit(builder.image, {
        revision: bundle.revision,
        digest: bundle.digest,
      });
      this.#inForce = true;
      return await this.#attach(bound, { bundle, bound, own, commit });
    } catch (error) {
      throw AgentError.from(error, 'kernel');
    }
  }

  /** Programs come last, so that an interface is never judged by an image that does not know it. */
  async #attach(bound: BindResult, enforced: Enforced): Promise<Enforced> {
    const { datapath, log, onEnforced } = this.#parts;
    const wanted = new Set(bound.bindings.map(({ ifindex }) => ifindex));
    const failed = await attachInterfaces(datapath, wanted, log);
    const uncovered = bound.bindings.filter(({ ifindex }) => failed.has(ifindex)).map(({ uid }) => uid);
    const result = { ...enforced, bound: { ...bound, uncovered: [...bound.uncovered, ...uncovered].sort() } };
    onEnforced(result);
    return result;
  }

  #isEnforced(bundle: Bundle, bound: BindResult, formerOwn: readonly Uint8Array[]): boolean {
    const { active } = this.#parts.datapath;
    return (
      active !== undefined &&
      !active.damaged &&
      active.revision === bundle.revision &&
      equalDigest(active.digest, bundle.digest) &&
      sameAddresses(formerOwn, this.#interfaces.own) &&
      !this.#moved(bound)
    );
  }

  /** Whether the kernel's interfaces are others than those that endpoints are bound to. */
  #moved({ bindings }: BindResult): boolean {
    const installed = this.#parts.datapath.installed();
    if (installed.length !== bindings.length) return true;
    const byIfindex = new Map(installed.map((endpoint) => [endpoint.ifindex, endpoint]));
    return bindings.some(({ ifindex, instance, observe = false }) => {
      const endpoint = byIfindex.get(ifindex);
      return endpoint?.instance !== instance || endpoint.observe !== observe;
    });
  }
}

const wholeChange = (bundle: Bundle): BundleChange => ({ bundle, whole: true, upserts: [], removes: [] });

const nothingWritten = (commit: number): CommitReport => ({
  commit,
  wordsWritten: 0,
  grew: false,
  graceMs: 0,
  writeMs: 0,
  readBackMs: 0,
});

function sameAddresses(a: readonly Uint8Array[], b: readonly Uint8Array[]): boolean {
  const texts = (list: readonly Uint8Array[]) =>
    list.map((address) => Buffer.from(address).toString('hex')).sort();
  return texts(a).join() === texts(b).join();
}
