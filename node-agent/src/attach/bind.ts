import type { Bundle } from '../bundle.ts';
import type { Binding } from '../image/image.ts';
import type { AddressClaims } from './claims.ts';
import { Places } from './places.ts';

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
 * another endpoint is on it.
 */
export class Binder {
  readonly #options: BindOptions;
  /** Of endpoints, by ifindex; used by the first bind alone. */
  readonly #installed: Map<number, InstalledInterface>;
  #bindings = new Map<string, Binding>();
  #closed: readonly Binding[];

  constructor(options: BindOptions) {
    this.#options = options;
    const { installed } = options;
    this.#installed = new Map(
      installed.filter(({ closed }) => !closed).map((found) => [found.ifindex, found]),
    );
    this.#closed = installed
      .filter(({ closed }) => closed)
      .map((found) => closedBinding({ ...found, uid: '' }));
  }

  bind(bundle: Bundle, claims: AddressClaims): BindResult {
    const places = this.#places(bundle, claims);
    const bindings = new Map([...places].map(([uid, ifindex]) => [uid, this.#binding(uid, ifindex)]));
    this.#closed = this.#left(new Set(places.values()), claims);
    this.#bindings = bindings;
    // An interface that no pod is on by now is a new one to whoever comes.
    this.#installed.clear();
    const uids = [...bundle.endpoints.values()].map(({ uid }) => uid);
    return {
      bindings: [...bindings.values()].sort((a, b) => (a.uid < b.uid ? -1 : 1)),
      closed: this.#closed,
      uncovered: uids.filter((uid) => !bindings.has(uid)).sort(),
    };
  }

  /**
   * The interfaces of endpoints by uid. An interface is one endpoint's: a pod that adds another's address to its own
   * interface, even before that other is there, neither gets the other's policies nor keeps its interface from it.
   */
  #places({ endpoints }: Bundle, claims: AddressClaims): ReadonlyMap<string, number> {
    const places = new Places(endpoints.values());
    const former = (uid: string): readonly number[] => {
      const ifindex = this.#bindings.get(uid)?.ifindex;
      return ifindex === undefined ? [] : [ifindex];
    };
    const holders = ({ addresses }: Addressed): readonly number[] =>
      addresses.flatMap((address) => claims.holders(address));
    const closed = new Set(this.#closed.map(({ ifindex }) => ifindex));
    // Where it was and shows an address; else where it was, while no free interface shows one; else who shows one, of
    // which an interface that a pod has left comes last.
    places.settle((endpoint) => {
      const shown = holders(endpoint);
      return former(endpoint.uid).filter((ifindex) => shown.includes(ifindex));
    });
    places.settle((endpoint) => {
      const moved = holders(endpoint).some((ifindex) => places.isFree(ifindex));
      return moved ? [] : former(endpoint.uid).filter((ifindex) => claims.has(ifindex));
    });
    places.settle((endpoint) => holders(endpoint).filter((ifindex) => !closed.has(ifindex)));
    places.settle(holders);
    places.settle(({ addresses }) => addresses.flatMap((address) => claims.owner(address) ?? []));
    return places.found;
  }

  /** What was bound or closed, is there, and is not taken again. */
  #left(taken: ReadonlySet<number>, claims: AddressClaims): readonly Binding[] {
    const installed = [...this.#installed.values()].map((found) => ({ ...found, uid: '' }));
    return [...installed, ...this.#closed, ...this.#bindings.values()]
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

const closedBinding = ({ uid, ifindex, instance }: Binding): Binding => ({
  uid,
  ifindex,
  instance,
  adoptUntil: 0,
  closed: true,
});

interface Addressed {
  readonly addresses: readonly Uint8Array[];
}
