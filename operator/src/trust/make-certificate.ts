// The certificate library does not load without it.
import 'reflect-metadata';
import type { webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  type Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { algorithm } from './key-pair.ts';

export interface Validity {
  readonly notBefore: Date;
  readonly notAfter: Date;
}

/** Whose certificate it is and what for: a server is named by SANs, a node by CN and SAN. */
export interface Subject {
  readonly usage: 'server' | 'node';
  readonly commonName: string;
  /** DNS names and IP addresses. */
  readonly names: readonly string[];
}

const authorityName = [{ CN: ['Weir'] }];

/** Of a new authority, in PEM. */
export async function makeAuthorityCertificate(
  keys: webcrypto.CryptoKeyPair,
  validity: Validity,
): Promise<string> {
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: authorityName,
    keys,
    ...validity,
    signingAlgorithm: algorithm,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return certificate.toString('pem');
}

/** Signed by the authority, in PEM. */
export async function makeCertificate(
  authority: webcrypto.CryptoKeyPair,
  publicKey: webcrypto.CryptoKey,
  subject: Subject,
  validity: Validity,
): Promise<string> {
  const certificate = await X509CertificateGenerator.create({
    issuer: authorityName,
    subject: [{ CN: [subject.commonName] }],
    publicKey,
    signingKey: authority.privateKey,
    ...validity,
    signingAlgorithm: algorithm,
    extensions: await leafExtensions(authority.publicKey, subject),
  });
  return certificate.toString('pem');
}

async function leafExtensions(authority: webcrypto.CryptoKey, subject: Subject): Promise<Extension[]> {
  const usage = subject.usage === 'server' ? ExtendedKeyUsage.serverAuth : ExtendedKeyUsage.clientAuth;
  return [
    new BasicConstraintsExtension(false, undefined, true),
    new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
    new ExtendedKeyUsageExtension([usage], true),
    new SubjectAlternativeNameExtension(
      subject.names.map((value) => ({ type: isIP(value) === 0 ? 'dns' : 'ip', value })),
    ),
    await AuthorityKeyIdentifierExtension.create(authority),
  ];
}
