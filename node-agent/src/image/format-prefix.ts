import { addressByte, type Keys } from './key-list.ts';
import { at } from './words.ts';

/** As people write it: "10.0.0.0/8", "2001:db8::/32". */
export function formatPrefix(keys: Keys, index: number): string {
  const offset = index * keys.words;
  const bytes = Array.from({ length: keys.words * 4 }, (_, byte) => addressByte(keys.address, offset, byte));
  return `${keys.words === 1 ? bytes.join('.') : formatAddress6(bytes)}/${at(keys.length, index)}`;
}

/** RFC 5952: the first of the longest runs of two or more zero groups becomes "::". */
function formatAddress6(bytes: readonly number[]): string {
  const groups = Array.from(
    { length: 8 },
    (_, group) => (at8(bytes, group * 2) << 8) | at8(bytes, group * 2 + 1),
  );
  let start = 0;
  let longest = 1;
  for (let first = 0; first < 8; first++) {
    let end = first;
    while (end < 8 && groups[end] === 0) end++;
    if (end - first > longest) [start, longest] = [first, end - first];
  }
  const text = groups.map((group) => group.toString(16));
  if (longest === 1) return text.join(':');
  return `${text.slice(0, start).join(':')}::${text.slice(start + longest).join(':')}`;
}

const at8 = (bytes: readonly number[], index: number): number => bytes[index] ?? 0;
