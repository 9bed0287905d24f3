// The certificate library does not load without it.
import 'reflect-metadata';
import { randomBytes, webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const DAY = 86_400_000;

/** Both in PEM. */
export interface KeyAndCertificate {
  readonly key: string;
  readonly certificate: string;
}

/** Whom a certificate is for, as Kubernetes reads it: CN is the user, each O a group. */
export interface CertificateSubject {
  readonly user: string;
  readonly groups?: readonly string[];
  /** DNS names and addresses, where it serves. */
  readonly names?: readonly string[];
}

/** The authority of one test cluster: API server, kubelets and users with certificates hang on it. */
export class Authority {
  readonly #keys: webcrypto.CryptoKeyPair;
  readonly #pem: KeyAndCertificate;

  private constructor(keys: webcrypto.CryptoKeyPair, pem: KeyAndCertificate) {
    this.#keys = keys;
    this.#pem = pem;
  }

  static async make(): Promise<Authority> {
    const keys = await makeKeys();
    const certificate = await X509CertificateGenerator.createSelfSigned({
      name: [{ CN: ['weir-test-cluster'] }],
      keys,
      ...validity(),
      signingAlgorithm: algorithm,
      extensions: [
        new BasicConstraintsExtension(true, undefined, true),
        new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.digitalSignature, true),
      ],
    });
    return new Authority(keys, { key: await keyPem(keys), certificate: certificate.toString('pem') });
  }

  get pem(): KeyAndCertificate {
    return this.#pem;
  }

  async issue({ user, groups = [], names = [] }: CertificateSubject): Promise<KeyAndCertificate> {
    const keys = await makeKeys();
    const certificate = await X509CertificateGenerator.create({
      serialNumber: randomBytes(8).toString('hex'),
      issuer: [{ CN: ['weir-test-cluster'] }],
      subject: [...groups.map((group) => ({ O: [group] })), { CN: [user] }],
      publicKey: keys.publicKey,
      signingKey: this.#keys.privateKey,
      ...validity(),
      signingAlgorithm: algorithm,
      extensions: [
        new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
        new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth, ExtendedKeyUsage.clientAuth]),
        ...(names.length === 0 ? [] : [new SubjectAlternativeNameExtension(names.map(alternative))]),
      ],
    });
    return { key: await keyPem(keys), certificate: certificate.toString('pem') };
  }
}

/** A private key and its public half, PEM, as the API server takes them to sign ServiceAccount tokens. */
export async function makeTokenKeys(): Promise<{ readonly key: string; readonly publicKey: string }> {
  const keys = await makeKeys();
  return { key: await keyPem(keys), publicKey: pem('PUBLIC KEY', await exported('spki', keys.publicKey)) };
}

const alternative = (value: string): { readonly type: 'dns' | 'ip'; readonly value: string } => ({
  type: isIP(value) === 0 ? 'dns' : 'ip',
  value,
});

/** From a day ago, so that a clock that a test turns back does not end the cluster. */
const validity = (): { notBefore: Date; notAfter: Date } => ({
  notBefore: new Date(Date.now() - DAY),
  notAfter: new Date(Date.now() + 30 * DAY),
});

const makeKeys = (): Promise<webcrypto.CryptoKeyPair> =>
  webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);

const exported = async (format: 'pkcs8' | 'spki', key: webcrypto.CryptoKey): Promise<Buffer> =>
  Buffer.from(await webcrypto.subtle.exportKey(format, key));

const keyPem = async (keys: webcrypto.CryptoKeyPair): Promise<string> =>
  pem('PRIVATE KEY', await exported('pkcs8', keys.privateKey));

const pem = (label: string, bytes: Buffer): string =>
  `-----BEGIN ${label}-----\n${bytes.toString('base64').replace(/.{64}/g, '$&\n').trimEnd()}\n-----END ${label}-----\n`;
