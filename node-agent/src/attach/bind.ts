import type { Bundle } from '../bundle.ts';
import type { Binding } from '../image/image.ts';
import { ownerOf } from '../image/owner.ts';
import type { AddressClaims } from './claims.ts';
import { findPlaces, isOthers, type LeftInterfaces } from './find-places.ts';

export interface BindResult {
  /** Sorted by uid. */
  readonly bindings: readonly Binding[];
  /** Interfaces that are still there though the bundle names their pods no more: nothing passes. Sorted by ifindex. */
  readonly closed: readonly Binding[];
  /** Uids of endpoints for which no interface was found. */
  readonly uncovered: readonly string[];
}

/** What the active generation says of an interface: kept over a restart of the agent, or its flows would be cut. */
export interface InstalledInterface {
  readonly ifindex: number;
  readonly instance: number;
  readonly adoptUntil: number;
  /** Of the uid of the endpoint that was on it, see ownerOf; 0: not known. */
  readonly owner: number;
  /** It had no endpoint any more: whoever is bound to it is another one. */
  readonly closed: boolean;
}

export interface BindOptions {
  readonly installed: readonly InstalledInterface[];
  /** The next number that no interface ever had. */
  readonly nextInstance: () => number;
  /** Seconds of CLOCK_MONOTONIC until which flows met in the middle are adopted on a new interface. */
  readonly adoptUntil: () => number;
}

/**
 * Binds the bundle's endpoints to interfaces by address. An endpoint that stays on its interface keeps its
 * instance number; another pod on it, or the same pod elsewhere, gets a new one, so that no former pod's flows
 * open anything.
 *
 * What was bound stays judged as long as it is there: an endpoint that gives up its addresses stays bound, and one that
 * leaves the bundle while its processes go on (it was deleted by force) has its interface closed, until this goes or
 * another endpoint has its address and, so far, no interface of its own.
 *
 * All this holds over a restart, since the kernel's table says whose each interface was.
 */
export class Binder {
  readonly #options: BindOptions;
  /** Of endpoints that are not known, by ifindex; used by the first bind alone. */
  readonly #installed: Map<number, InstalledInterface>;
  #bindings = new Map<string, Binding>();
  #closed: readonly Binding[];
  /** Uids of those that are on an interface that another has left. */
  #heirs: ReadonlySet<string> = new Set();

  constructor(options: BindOptions) {
    this.#options = options;
    const { installed } = options;
    this.#installed = new Map(
      installed.filter(({ closed }) => !closed).map((found) => [found.ifindex, found]),
    );
    this.#closed = installed.filter(({ closed }) => closed).map(closedBinding);
  }

  bind(bundle: Bundle, claims: AddressClaims): BindResult {
    const uids = [...bundle.endpoints.values()].map(({ uid }) => uid);
    this.#recall(uids);
    const left = this.#left(new Set(uids));
    const places = findPlaces(bundle, claims, { bindings: this.#bindings, left });
    const bindings = new Map([...places].map(([uid, ifindex]) => [uid, this.#binding(uid, ifindex)]));
    this.#closed = this.#toClose(new Set(places.values()), claims);
    this.#bindings = bindings;
    this.#heirs = new Set(
      [...places].filter(([uid, ifindex]) => isOthers(left, ifindex, uid)).map(([uid]) => uid),
    );
    // An interface that no pod is on by now is a new one to whoever comes.
    this.#installed.clear();
    return {
      bindings: [...bindings.values()].sort((a, b) => (a.uid < b.uid ? -1 : 1)),
      closed: this.#closed,
      uncovered: uids.filter((uid) => !bindings.has(uid)).sort(),
    };
  }

  /** Takes from what the kernel has what was bound before the agent's start, as far as it is known to whom. */
  #recall(uids: readonly string[]): void {
    if (this.#installed.size === 0) return;
    const byOwner = new Map(uids.map((uid) => [ownerOf(uid), uid]));
    for (const found of this.#installed.values()) {
      const { ifindex, instance, adoptUntil, owner } = found;
      const uid = byOwner.get(owner);
      // Two uids can have one owner, if hardly ever.
      if (owner === 0 || (uid !== undefined && this.#bindings.has(uid))) continue;
      this.#installed.delete(ifindex);
      if (uid === undefined) this.#closed = [...this.#closed, closedBinding(found)];
      else this.#bindings.set(uid, { uid, ifindex, instance, adoptUntil });
    }
  }

  /** The interfaces whose endpoints have left the bundle, by ifindex, with these; '' where that is not known. */
  #left(uids: ReadonlySet<string>): LeftInterfaces {
    const left = new Map(this.#closed.map(({ ifindex, uid }) => [ifindex, uid]));
    for (const { uid, ifindex } of this.#bindings.values())
      if (!uids.has(uid)) left.set(ifindex, uid);
      else if (this.#heirs.has(uid)) left.set(ifindex, '');
    return left;
  }

  /** What was bound or closed, is there, and is not taken again. */
  #toClose(taken: ReadonlySet<number>, claims: AddressClaims): readonly Binding[] {
    return [...this.#installed.values(), ...this.#closed, ...this.#bindings.values()]
      .filter(({ ifindex }) => !taken.has(ifindex) && claims.has(ifindex))
      .map(closedBinding)
      .sort((a, b) => a.ifindex - b.ifindex);
  }

  #binding(uid: string, ifindex: number): Binding {
    const former = this.#bindings.get(uid);
    if (former?.ifindex === ifindex) return former;
    const installed = this.#installed.get(ifindex);
    if (installed !== undefined) {
      const { instance, adoptUntil: until } = installed;
      return { uid, ifindex, instance, adoptUntil: until };
    }
    const { nextInstance, adoptUntil } = this.#options;
    return { uid, ifindex, instance: nextInstance(), adoptUntil: adoptUntil() };
  }
}

interface ClosedInterface {
  readonly uid?: string;
  readonly ifindex: number;
  readonly instance: number;
}

const closedBinding = ({ uid = '', ifindex, instance }: ClosedInterface): Binding => ({
  uid,
  ifindex,
  instance,
  adoptUntil: 0,
  closed: true,
});
