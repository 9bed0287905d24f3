import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  webcrypto,
} from 'node:crypto';
import { OperatorError } from '../errors.ts';

/** ECDSA on P-256, with SHA-256. */
export const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

/** A new private key, PKCS#8 in PEM. */
export function makeKey(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** Throws an OperatorError `certificate-unusable`; `path` is where the key comes from. */
export function readKey(path: string, pem: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch (error) {
    throw new OperatorError('certificate-unusable', `${path} holds no private key`, error);
  }
}

/** Both halves, as the certificate library wants them. */
export async function importPair(key: KeyObject): Promise<webcrypto.CryptoKeyPair> {
  const { subtle } = webcrypto;
  const privateBytes = key.export({ type: 'pkcs8', format: 'der' });
  const publicBytes = createPublicKey(key).export({ type: 'spki', format: 'der' });
  return {
    privateKey: await subtle.importKey('pkcs8', privateBytes, algorithm, false, ['sign']),
    publicKey: await subtle.importKey('spki', publicBytes, algorithm, true, ['verify']),
  };
}
