import type { Bundle } from '../bundle.ts';
import type { Binding } from '../image/image.ts';
import type { AddressClaims } from './claims.ts';

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
  /** By ifindex; used by the first bind alone. */
  readonly #installed: Map<number, InstalledInterface>;
  #bindings = new Map<string, Binding>();
  #closed: readonly Binding[] = [];

  constructor(options: BindOptions) {
    this.#options = options;
    this.#installed = new Map(options.installed.map((found) => [found.ifindex, found]));
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

  /** The interfaces of endpoints by uid: who owns their addresses, else where they were. */
  #places({ endpoints }: Bundle, claims: AddressClaims): ReadonlyMap<string, number> {
    const places = new Map<string, number>();
    for (const { uid, addresses } of endpoints.values()) {
      const ifindex = soleOwner(addresses, claims);
      if (ifindex !== undefined) places.set(uid, ifindex);
    }
    const taken = new Set(places.values());
    for (const { uid } of endpoints.values()) {
      const former = this.#bindings.get(uid);
      if (places.has(uid) || !former || taken.has(former.ifindex) || !claims.has(former.ifindex)) continue;
      places.set(uid, former.ifindex);
      taken.add(former.ifindex);
    }
    return places;
  }

  /** What was bound or closed, is there, and is not taken again. */
  #left(taken: ReadonlySet<number>, claims: AddressClaims): readonly Binding[] {
    const installed = [...this.#installed.values()].map((found) => ({ ...found, uid: '' }));
    return [...installed, ...this.#closed, ...this.#bindings.values()]
      .filter(({ ifindex }) => !taken.has(ifindex) && claims.has(ifindex))
      .map(({ uid, ifindex, instance }) => ({ uid, ifindex, instance, adoptUntil: 0, closed: true }))
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

/** The interface that owns the endpoint's addresses; addresses that are not there (yet) do not count. */
function soleOwner(addresses: readonly Uint8Array[], claims: AddressClaims): number | undefined {
  const owners = new Set<number>();
  for (const address of addresses) {
    const owner = claims.owner(address);
    if (owner !== undefined) owners.add(owner);
  }
  const [first] = owners;
  return owners.size === 1 ? first : undefined;
}
