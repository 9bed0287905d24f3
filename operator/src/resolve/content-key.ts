import { hash } from 'node:crypto';

/** The first 16 bytes of SHA-256: what the protocol calls the key of a content. */
export function contentKey(content: string | Uint8Array): Uint8Array {
  const text = hash('sha256', content, 'binary');
  // Not from Node's pool, whose blocks live as long as any part of them does.
  const key = new Uint8Array(16);
  for (let at = 0; at < key.length; at++) key[at] = text.charCodeAt(at);
  return key;
}
