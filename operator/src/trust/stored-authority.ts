import { X509Certificate } from 'node:crypto';
import { importPair, makeKey, readKey } from './key-pair.ts';
import { makeAuthorityCertificate } from './make-certificate.ts';

/** A certificate and its private key, in PEM. */
export interface Keyed {
  readonly certificate: string;
  readonly key: string;
}

/**
 * An authority that changes without anyone's noticing: `next` is trusted before it signs, `previous` while what it
 * has signed is still shown.
 */
export interface StoredAuthority {
  /** Signs. */
  readonly current: Keyed;
  readonly next: Keyed | undefined;
  readonly previous: string | undefined;
}

/** In milliseconds. */
export interface AuthorityTimes {
  readonly life: number;
  /** What has less left gets a successor. */
  readonly renew: number;
  /** Until all agents trust the successor: kubelet brings it within two minutes. */
  readonly settle: number;
  /** Of what is signed. */
  readonly leafLife: number;
  readonly leafRenew: number;
}

const hour = 3_600_000;
const day = 24 * hour;

export const authorityTimes: AuthorityTimes = {
  life: 365 * day,
  renew: 90 * day,
  settle: hour,
  leafLife: 30 * day,
  leafRenew: 10 * day,
};

/** Clocks of nodes may be behind. */
export const leeway = hour;

/** What the authority has to be now; the same object where it is that already. */
export async function renewAuthority(
  stored: StoredAuthority | undefined,
  now: number,
  times: AuthorityTimes,
): Promise<StoredAuthority> {
  if (!stored || !isUsable(stored.current, now)) return replaceAuthority(stored, now, times);
  const { current, next, previous } = stored;
  if (next && isUsable(next, now)) {
    const age = now - leeway - startOf(next.certificate);
    if (age >= times.settle) return { current: next, next: undefined, previous: current.certificate };
  } else if (next || endOf(current.certificate) - now < times.renew) {
    return { ...stored, next: await makeAuthority(now, times) };
  }
  if (previous !== undefined && endOf(previous) <= now) return { ...stored, previous: undefined };
  return stored;
}

/** What agents are to trust, in PEM. */
export const trustedCertificates = ({ current, next, previous }: StoredAuthority): string =>
  [current.certificate, next?.certificate, previous]
    .filter((certificate) => certificate !== undefined)
    .map((certificate) => `${certificate.trim()}\n`)
    .join('');

/** Nothing can be saved of it: after a clock has jumped, or somebody has spoilt what was stored. */
async function replaceAuthority(
  stored: StoredAuthority | undefined,
  now: number,
  times: AuthorityTimes,
): Promise<StoredAuthority> {
  const spare = stored?.next && isUsable(stored.next, now) ? stored.next : undefined;
  const former = stored?.current.certificate;
  return {
    current: spare ?? (await makeAuthority(now, times)),
    next: undefined,
    previous: former !== undefined && isCertificate(former) ? former : undefined,
  };
}

async function makeAuthority(now: number, { life }: AuthorityTimes): Promise<Keyed> {
  const key = makeKey();
  const pair = await importPair(readKey('a new key', key));
  const validity = { notBefore: new Date(now - leeway), notAfter: new Date(now + life) };
  return { certificate: await makeAuthorityCertificate(pair, validity), key };
}

/** Whether certificates can be signed with it now. */
export function isUsable({ certificate, key }: Keyed, now: number): boolean {
  try {
    const parsed = new X509Certificate(certificate);
    const isNow = parsed.validFromDate.getTime() <= now && parsed.validToDate.getTime() > now;
    return isNow && parsed.ca && parsed.checkPrivateKey(readKey('the key', key));
  } catch {
    return false;
  }
}

function isCertificate(certificate: string): boolean {
  try {
    return new X509Certificate(certificate).ca;
  } catch {
    return false;
  }
}

const startOf = (certificate: string): number => new X509Certificate(certificate).validFromDate.getTime();
const endOf = (certificate: string): number =>
  isCertificate(certificate) ? new X509Certificate(certificate).validToDate.getTime() : 0;
