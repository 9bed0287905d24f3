import { hash } from 'node:crypto';

/**
 * What the protocol calls the key of a content: the first 16 bytes of SHA-256, a character each, since a text takes
 * a fifth of the memory of an array.
 */
export type ContentKey = string;

export const contentKey = (content: string | Uint8Array): ContentKey =>
  hash('sha256', content, 'binary').slice(0, 16);

export const keyBytes = (key: ContentKey): Uint8Array => Buffer.from(key, 'latin1');
