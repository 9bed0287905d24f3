import { addressKey } from './pod-interface.ts';

/** Whether two lists have the same addresses, in any order. */
export function sameAddresses(a: readonly Uint8Array[], b: readonly Uint8Array[]): boolean {
  const keys = (list: readonly Uint8Array[]): string => list.map(addressKey).sort().join();
  return keys(a) === keys(b);
}
