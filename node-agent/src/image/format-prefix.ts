import { formatAddress } from '../format-address.ts';
import { addressByte, type Keys } from './key-list.ts';
import { at } from './words.ts';

/** As people write it: "10.0.0.0/8", "2001:db8::/32". */
export function formatPrefix(keys: Keys, index: number): string {
  const offset = index * keys.words;
  const bytes = Array.from({ length: keys.words * 4 }, (_, byte) => addressByte(keys.address, offset, byte));
  return `${formatAddress(bytes)}/${at(keys.length, index)}`;
}
