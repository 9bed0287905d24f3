import { addressKey, type PodInterface } from './pod-interface.ts';

/** An interface seen under its ifindex; a new one with a used ifindex is told apart by its name. */
interface Claim {
  readonly ifindex: number;
  readonly name: string;
}

/**
 * Which interfaces show an address, and since when. A claim lasts until its interface goes or gives the address up, so
 * that a pod that adds another pod's address to its interface comes behind it.
 */
export class AddressClaims {
  /** By address, the first claim first. */
  #held: ReadonlyMap<string, readonly Claim[]> = new Map();
  /** What each interface shows, by ifindex. */
  #shown: ReadonlyMap<number, readonly string[]> = new Map();

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
    for (const [key, claims] of held) sort(claims, this.#held.get(key) ?? []);
    this.#held = held;
    this.#shown = new Map(interfaces.map(({ ifindex, addresses }) => [ifindex, addresses.map(addressKey)]));
  }

  /** Whether the interface is there, whatever it shows. */
  has(ifindex: number): boolean {
    return this.#shown.has(ifindex);
  }

  /** Whether the interface shows none but these addresses. */
  showsOnly(ifindex: number, addresses: readonly Uint8Array[]): boolean {
    const keys = new Set(addresses.map(addressKey));
    return (this.#shown.get(ifindex) ?? []).every((key) => keys.has(key));
  }

  /** The ifindexes of all interfaces that show the address, the first claim first. */
  holders(address: Uint8Array): readonly number[] {
    return (this.#held.get(addressKey(address)) ?? []).map(({ ifindex }) => ifindex);
  }
}

/** As they were before; of interfaces that appeared together the older one first, which has the lower index. */
function sort(claims: Claim[], former: readonly Claim[]): void {
  const place = ({ ifindex, name }: Claim): number => {
    const found = former.findIndex((claim) => claim.ifindex === ifindex && claim.name === name);
    return found < 0 ? former.length : found;
  };
  if (claims.length > 1) claims.sort((a, b) => place(a) - place(b) || a.ifindex - b.ifindex);
}
