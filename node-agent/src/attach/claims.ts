import { addressKey, type PodInterface } from './pod-interface.ts';

/** An interface seen under its ifindex; a new one with a used ifindex is told apart by its name. */
interface Claim {
  readonly ifindex: number;
  readonly name: string;
}

/**
 * Which interface owns an address. The first claim wins and lasts until its interface goes (or gives the address
 * up), so that a pod that adds another pod's address to its interface gains nothing.
 */
export class AddressClaims {
  #owners = new Map<string, Claim>();
  #held: ReadonlyMap<string, readonly Claim[]> = new Map();
  #present: ReadonlySet<number> = new Set();

  /** Takes the interfaces as they are now. */
  update(interfaces: readonly PodInterface[]): void {
    const held = new Map<string, Claim[]>();
    for (const { ifindex, name, addresses } of interfaces) {
      for (const address of addresses) {
        const key = addressKey(address);
        const list = held.get(key);
        if (list === undefined) held.set(key, [{ ifindex, name }]);
        else list.push({ ifindex, name });
      }
    }
    const owners = new Map<string, Claim>();
    for (const [key, claims] of held) {
      const former = this.#owners.get(key);
      const owner = claims.find((claim) => same(claim, former)) ?? lowest(claims);
      if (owner !== undefined) owners.set(key, owner);
    }
    this.#owners = owners;
    this.#held = held;
    this.#present = new Set(interfaces.map(({ ifindex }) => ifindex));
  }

  /** Whether the interface is there, whatever it owns. */
  has(ifindex: number): boolean {
    return this.#present.has(ifindex);
  }

  /** All interfaces that show the address, by ifindex. */
  holders(address: Uint8Array): readonly number[] {
    return (this.#held.get(addressKey(address)) ?? []).map(({ ifindex }) => ifindex);
  }

  /** The owner's ifindex. */
  owner(address: Uint8Array): number | undefined {
    return this.#owners.get(addressKey(address))?.ifindex;
  }
}

const same = (a: Claim, b: Claim | undefined): boolean =>
  b !== undefined && a.ifindex === b.ifindex && a.name === b.name;

/** Of interfaces that appeared together the older one, which has the lower index. */
const lowest = (claims: readonly Claim[]): Claim | undefined =>
  claims.reduce<Claim | undefined>(
    (least, claim) => (least && least.ifindex < claim.ifindex ? least : claim),
    undefined,
  );
