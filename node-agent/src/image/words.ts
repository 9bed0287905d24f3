/** The typed arrays that the image is made of. */
export type Words = Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;

/** The element at an index that is known to be inside. */
export const at = (array: Words | Int32Array, index: number): number => array[index] as number;

/** The same array with room for at least `length` elements; new ones are zero. */
export function grown(array: Uint32Array<ArrayBuffer>, length: number): Uint32Array<ArrayBuffer> {
  if (length <= array.length) return array;
  const larger = new Uint32Array(Math.max(length, array.length * 2, 64));
  larger.set(array);
  return larger;
}

/** The bytes of the first `length` elements, as a multiple of 8. */
export function imageBytes(array: Words, length: number): Uint8Array {
  const bytes = Math.ceil((length * array.BYTES_PER_ELEMENT) / 8) * 8;
  return new Uint8Array(array.buffer, array.byteOffset, bytes);
}

/** Bytes as a text that is a key of a Map. */
export const keyText = (bytes: Uint8Array | null | undefined): string =>
  bytes ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1') : '';
