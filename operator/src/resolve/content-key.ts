import { hash } from 'node:crypto';

/**
 * What the protocol calls the key of a content: the first 16 bytes of SHA-256, a character each, since a text takes
 * a fifth of the memory of an array.
 */
export type ContentKey = string;

export function contentKey(content: string | Uint8Array): ContentKey {
  const text = hash('sha256', content, 'binary');
  // Joined, it is a text of its own; a slice would keep all of the hash.
  return [text.slice(0, 8), text.slice(8, 16)].join('');
}

export const keyBytes = (key: ContentKey): Uint8Array => Buffer.from(key, 'latin1');
