import type { Bundle } from '../bundle.ts';
import type { AddressClaims } from './claims.ts';
import { Places } from './places.ts';

/** Uids of endpoints that have left an interface, by ifindex; '' where it is not known who has. */
export type LeftInterfaces = ReadonlyMap<number, string>;

export interface FormerPlaces {
  /** Where endpoints are so far, by uid. */
  readonly bindings: ReadonlyMap<string, { readonly ifindex: number }>;
  readonly left: LeftInterfaces;
}

/** Whether another endpoint has left the interface. */
export const isOthers = (left: LeftInterfaces, ifindex: number, uid: string): boolean =>
  left.has(ifindex) && left.get(ifindex) !== uid;

/**
 * The interfaces of endpoints by uid. An interface is one endpoint's: a pod that adds another's address to its own
 * interface, even before that other is there, neither gets the other's policies nor keeps its interface from it.
 */
export function findPlaces(
  { endpoints }: Pick<Bundle, 'endpoints'>,
  claims: AddressClaims,
  { bindings, left }: FormerPlaces,
): ReadonlyMap<string, number> {
  const places = new Places(endpoints.values());
  const former = (uid: string): readonly number[] => {
    const ifindex = bindings.get(uid)?.ifindex;
    return ifindex === undefined ? [] : [ifindex];
  };
  // Who is on an interface that another has left moves to its own, and not to one of a pod that adds the address to its.
  const mayBeOn = (ifindex: number, { uid, addresses }: Addressed): boolean =>
    !former(uid).some((one) => claims.has(one) && isOthers(left, one, uid)) ||
    claims.showsOnly(ifindex, addresses);
  const holders = (endpoint: Addressed, choose = all): readonly number[] =>
    endpoint.addresses.flatMap((address) =>
      choose(
        claims
          .holders(address)
          .filter((ifindex) => !isOthers(left, ifindex, endpoint.uid) && mayBeOn(ifindex, endpoint)),
      ),
    );
  // Where it was and shows an address; else where it was, while no free interface shows one; else who shows one, of
  // several who showed it first. One that another endpoint has left comes last.
  places.settle((endpoint) => {
    const shown = holders(endpoint);
    return former(endpoint.uid).filter((ifindex) => shown.includes(ifindex));
  });
  places.settle((endpoint) => {
    const moved = holders(endpoint).some((ifindex) => places.isFree(ifindex));
    return moved ? [] : former(endpoint.uid).filter((ifindex) => claims.has(ifindex));
  });
  places.settle((endpoint) => holders(endpoint));
  places.settle((endpoint) => holders(endpoint, first));
  places.settle(({ addresses }) => addresses.flatMap((address) => claims.holders(address)));
  places.settle(({ addresses }) => addresses.flatMap((address) => first(claims.holders(address))));
  return places.found;
}

interface Addressed {
  readonly uid: string;
  readonly addresses: readonly Uint8Array[];
}

const all = (ifindexes: readonly number[]): readonly number[] => ifindexes;
const first = (ifindexes: readonly number[]): readonly number[] => ifindexes.slice(0, 1);
