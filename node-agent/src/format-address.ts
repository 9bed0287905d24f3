/** As people write it: "10.0.0.1", "2001:db8::1". @param bytes 4 or 16, in network order */
export function formatAddress(bytes: readonly number[]): string {
  return bytes.length === 4 ? bytes.join('.') : formatAddress6(bytes);
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
