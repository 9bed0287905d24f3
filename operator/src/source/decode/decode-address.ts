import type { Prefix } from '../../model/address.ts';
import { describe, type Field } from './field.ts';
import { parseAddress } from './parse-prefix.ts';

/** A whole address. */
export function decodeAddress(field: Field): Prefix | undefined {
  const text = field.string();
  if (text === undefined) return undefined;
  return parseAddress(text) ?? field.refuse(`${describe(text)} is no IP address`);
}

/** In their order, each once. */
export function uniqueAddresses(addresses: readonly (Prefix | undefined)[]): readonly Prefix[] {
  const found = addresses.filter((address) => address !== undefined);
  return [...new Map(found.map((address) => [address.text, address])).values()];
}
