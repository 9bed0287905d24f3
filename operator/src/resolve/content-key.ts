import { hash } from 'node:crypto';

/** The first 16 bytes of SHA-256: what the protocol calls the key of a content. */
export const contentKey = (content: string | Uint8Array): Uint8Array =>
  hash('sha256', content, 'buffer').subarray(0, 16);
