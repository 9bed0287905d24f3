import { type KeyObject, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { OperatorError } from '../errors.ts';
import { importPair, makeKey, readKey } from './key-pair.ts';
import {
  makeAuthorityCertificate,
  makeCertificate,
  type Subject,
  type Validity,
} from './make-certificate.ts';
import { readSealed, writeSealed } from './sealed-file.ts';

/** What a server or an agent shows, in PEM, and the folder that holds it as ca.crt, tls.crt and tls.key. */
export interface Credentials {
  readonly folder: string;
  readonly ca: Buffer;
  readonly cert: Buffer;
  readonly key: Buffer;
}

/** What agents may ask for where they reach the operator by an address. */
export const operatorName = 'weir-operator';

const hour = 3_600_000;
const day = 24 * hour;
const authorityDays = 3_650;
const leafDays = 365;
/** A certificate that ends sooner is issued anew. */
const renewDays = 30;
/** Clocks of nodes may be behind. */
const leeway = hour;

/**
 * The certificate authority of a standalone operator, kept in that folder: made when it is first opened. Throws an
 * OperatorError `certificate-unusable` where its files are unreadable, expired or don't belong together.
 *
 * @param clock milliseconds since 1970
 */
export async function openAuthority(stateDir: string, clock: () => number): Promise<Authority> {
  const paths = { cert: join(stateDir, 'ca.crt'), key: join(stateDir, 'ca.key') };
  const cert = await readSealed(paths.cert);
  const key = await readSealed(paths.key);
  if (cert !== undefined && key !== undefined) {
    const privateKey = readKey(paths.key, key);
    requireUsable(paths.cert, readCertificate(paths.cert, cert), privateKey, clock());
    return new Authority(stateDir, clock, cert, privateKey);
  }
  // A key without its certificate is what a crash leaves behind; a certificate that was handed out is not.
  if (cert !== undefined) throw new OperatorError('certificate-unusable', `${paths.key} is missing`);
  const pem = makeKey();
  const privateKey = readKey(paths.key, pem);
  const made = await makeAuthorityCertificate(await importPair(privateKey), validity(clock(), authorityDays));
  await writeSealed(paths.key, pem);
  await writeSealed(paths.cert, made);
  return new Authority(stateDir, clock, made, privateKey);
}

/** Issues certificates; see openAuthority. */
export class Authority {
  readonly #stateDir: string;
  readonly #clock: () => number;
  readonly #key: KeyObject;
  /** The authority's own certificate, in PEM. */
  readonly certificate: string;

  constructor(stateDir: string, clock: () => number, certificate: string, key: KeyObject) {
    this.#stateDir = stateDir;
    this.#clock = clock;
    this.certificate = certificate;
    this.#key = key;
  }

  /** For the operator, which agents reach under these DNS names and IP addresses; `operatorName` is always one. */
  issueServer(names: readonly string[]): Promise<Credentials> {
    const all = [...new Set([operatorName, ...names])];
    return this.#issue('server', { usage: 'server', commonName: operatorName, names: all });
  }

  /** For the agent of that node; valid for a year. */
  async issueNode(node: string): Promise<Credentials> {
    // RFC 1123, as Kubernetes wants it of node names; also keeps the folder inside the state folder.
    if (node.length > 253 || !/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(node)) {
      throw new OperatorError('certificate-unusable', `"${node}" can not be the name of a node`);
    }
    return this.#issue(join('nodes', node), { usage: 'node', commonName: node, names: [node] });
  }

  /** What the folder has, or something new where that is missing, soon to end or for other names. */
  async #issue(folderName: string, subject: Subject): Promise<Credentials> {
    const folder = join(this.#stateDir, folderName);
    const paths = { ca: join(folder, 'ca.crt'), cert: join(folder, 'tls.crt'), key: join(folder, 'tls.key') };
    const cert = await readSealed(paths.cert);
    const key = await readSealed(paths.key);
    if (cert !== undefined && key !== undefined) {
      const certificate = readCertificate(paths.cert, cert);
      if (this.#fits(certificate, readKey(paths.key, key), subject)) return this.#pack(folder, cert, key);
    }
    const newKey = makeKey();
    const pair = await importPair(readKey(paths.key, newKey));
    const authority = await importPair(this.#key);
    const made = await makeCertificate(authority, pair.publicKey, subject, this.#leafValidity());
    await writeSealed(paths.ca, this.certificate);
    await writeSealed(paths.key, newKey);
    await writeSealed(paths.cert, made);
    return this.#pack(folder, made, newKey);
  }

  #pack(folder: string, cert: string, key: string): Credentials {
    return { folder, ca: Buffer.from(this.certificate), cert: Buffer.from(cert), key: Buffer.from(key) };
  }

  #fits(certificate: X509Certificate, key: KeyObject, { names }: Subject): boolean {
    const authority = new X509Certificate(this.certificate);
    return (
      certificate.checkPrivateKey(key) &&
      certificate.verify(authority.publicKey) &&
      certificate.validToDate.getTime() - this.#clock() > renewDays * day &&
      names.every((name) => isNamed(certificate, name))
    );
  }

  /** Not longer than the authority's own. */
  #leafValidity(): Validity {
    const { notBefore, notAfter } = validity(this.#clock(), leafDays);
    const end = new X509Certificate(this.certificate).validToDate;
    return { notBefore, notAfter: new Date(Math.min(end.getTime(), notAfter.getTime())) };
  }
}

const validity = (now: number, days: number): Validity => ({
  notBefore: new Date(now - leeway),
  notAfter: new Date(now + days * day),
});

const isNamed = (certificate: X509Certificate, name: string): boolean =>
  (isIP(name) === 0 ? certificate.checkHost(name) : certificate.checkIP(name)) !== undefined;

function readCertificate(path: string, pem: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch (error) {
    throw new OperatorError('certificate-unusable', `${path} holds no certificate`, error);
  }
}

function requireUsable(path: string, certificate: X509Certificate, key: KeyObject, now: number): void {
  const fail = (problem: string) => new OperatorError('certificate-unusable', `${path} ${problem}`);
  if (!certificate.ca) throw fail('is not the certificate of an authority');
  if (!certificate.checkPrivateKey(key)) throw fail('does not belong to the key beside it');
  if (certificate.validToDate.getTime() <= now) throw fail(`has expired (${certificate.validTo})`);
  if (certificate.validFromDate.getTime() > now) throw fail(`is not valid before ${certificate.validFrom}`);
}
