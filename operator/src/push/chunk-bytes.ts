/** So many bytes of items a message, unless one item alone is larger. */
export const chunkBytes = 1_000_000;
