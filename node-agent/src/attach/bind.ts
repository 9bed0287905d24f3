import type { Bundle } from '../bundle.ts';
import type { Binding } from '../image/image.ts';
import type { AddressClaims } from './claims.ts';

export interface BindResult {
  /** Sorted by uid. */
  readonly bindings: readonly Binding[];
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
 */
export class Binder {
  readonly #options: BindOptions;
  /** By ifindex; used by the first bind alone. */
  readonly #installed: Map<number, InstalledInterface>;
  #bindings = new Map<string, Binding>();

  constructor(options: BindOptions) {
    this.#options = options;
    this.#installed = new Map(options.installed.map((found) => [found.ifindex, found]));
  }

  bind(bundle: Bundle, claims: AddressClaims): BindResult {
    const bindings = new Map<string, Binding>();
    const uncovered: string[] = [];
    for (const { uid, addresses } of bundle.endpoints.values()) {
      const ifindex = soleOwner(addresses, claims);
      if (ifindex === undefined) uncovered.push(uid);
      else bindings.set(uid, this.#binding(uid, ifindex));
    }
    this.#bindings = bindings;
    // An interface that no pod is on by now is a new one to whoever comes.
    this.#installed.clear();
    const byUid = [...bindings.values()].sort((a, b) => (a.uid < b.uid ? -1 : 1));
    return { bindings: byUid, uncovered: uncovered.sort() };
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
