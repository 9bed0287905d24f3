/** The message in a length-delimited field: what follows its tag and its length, two varints. */
export function bodyOf(field: Uint8Array): Uint8Array {
  return field.subarray(afterVarint(field, afterVarint(field, 0)));
}

function afterVarint(bytes: Uint8Array, start: number): number {
  let at = start;
  while (((bytes[at] ?? 0) & 0x80) !== 0) at += 1;
  return at + 1;
}
