import { X509Certificate } from 'node:crypto';
import type { Log } from '@weir/log/log.ts';
import type { ApiClient } from '../source/kube/api-client.ts';
import { ApiError } from '../source/kube/api-error.ts';
import { operatorName } from './authority.ts';
import { AuthorityObjects } from './authority-objects.ts';
import { importPair, makeKey, readKey } from './key-pair.ts';
import { makeCertificate } from './make-certificate.ts';
import { ServedIdentity } from './served-identity.ts';
import {
  type AuthorityTimes,
  authorityTimes,
  isUsable,
  leeway,
  renewAuthority,
  type StoredAuthority,
  trustedCertificates,
} from './stored-authority.ts';

export interface ClusterAuthorityOptions {
  readonly client: Pick<ApiClient, 'request'>;
  /** Of the Secret and the ConfigMap. */
  readonly namespace: string;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly log: Log;
  /** Whether this operator is the one that renews and publishes. */
  readonly leads: () => boolean;
  readonly times?: AuthorityTimes;
  /** Between two looks at what is stored, in milliseconds; 1 minute unless told. */
  readonly everyMs?: number;
}

/** Before a failed look is repeated, in milliseconds. */
const failedMs = 1_000;

/**
 * The authority of all operators of a cluster, in a Secret. Whoever comes first makes it, the leader renews it and
 * tells agents what to trust; each operator issues its own certificate.
 */
export class ClusterAuthority {
  /** What this operator shows. */
  readonly identity = new ServedIdentity();
  readonly #options: ClusterAuthorityOptions;
  readonly #objects: AuthorityObjects;
  readonly #times: AuthorityTimes;
  #held: StoredAuthority | undefined;
  #leaf: string | undefined;
  #failure: string | undefined = 'not read yet';
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #closed = false;
  #wake: () => void = () => undefined;

  constructor(options: ClusterAuthorityOptions) {
    this.#options = options;
    this.#objects = new AuthorityObjects(options.client, options.namespace);
    this.#times = options.times ?? authorityTimes;
  }

  /** Resolves when there is a certificate to show, or the signal aborts. */
  async start(signal: AbortSignal): Promise<void> {
    const ready = new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    if (signal.aborted) return;
    signal.addEventListener('abort', this.#wake, { once: true });
    this.refresh();
    await ready;
    signal.removeEventListener('abort', this.#wake);
  }

  /** Why there is nothing good to show; undefined: there is, though the API server may be away. */
  get failure(): string | undefined {
    if (this.#leaf === undefined) return this.#failure;
    const end = new X509Certificate(this.#leaf).validToDate;
    if (end.getTime() > this.#options.clock()) return undefined;
    return `the certificate has expired (${end.toISOString()}): ${this.#failure ?? 'it is being replaced'}`;
  }

  /** Looks at what is stored now, and again after a while. */
  refresh(): void {
    this.#running = this.#running.then(() => this.#look());
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  async #look(): Promise<void> {
    if (this.#closed) return;
    clearTimeout(this.#timer);
    const { log, everyMs = 60_000 } = this.#options;
    try {
      await this.#update();
      this.#failure = undefined;
    } catch (error) {
      this.#failure = error instanceof Error ? error.message : String(error);
      log.error('authority can not be kept', { error: this.#failure });
    }
    if (this.#leaf !== undefined) this.#wake();
    if (this.#closed) return;
    const wait = this.#failure === undefined ? everyMs : Math.min(everyMs, failedMs);
    this.#timer = setTimeout(() => this.refresh(), wait);
  }

  async #update(): Promise<void> {
    const { leads, log } = this.#options;
    const authority = await this.#renewed();
    if (!authority) throw new Error('what the Secret has is no authority');
    this.#held = authority;
    await this.#issue(authority);
    if (leads() && (await this.#objects.publish(trustedCertificates(authority))))
      log.info('agents are told what to trust', {
        certificates: Object.values(authority).filter(Boolean).length,
      });
  }

  /** What is stored; whoever is first makes it, and from then on the leader alone changes it. */
  async #renewed(): Promise<StoredAuthority | undefined> {
    const { clock, leads, log } = this.#options;
    const found = await this.#objects.read();
    const stored = found?.content ?? this.#held;
    if (found && !leads()) return stored;
    const renewed = await renewAuthority(stored, clock(), this.#times);
    if (found?.content === renewed) return renewed;
    try {
      await this.#objects.write(renewed, found?.resourceVersion);
    } catch (error) {
      // Another one was first: what it has written is as good.
      if (error instanceof ApiError && error.conflict) return (await this.#objects.read())?.content;
      throw error;
    }
    log.info('authority is renewed', {
      until: new X509Certificate(renewed.current.certificate).validTo,
      successor: renewed.next && new X509Certificate(renewed.next.certificate).validTo,
    });
    return renewed;
  }

  /** A certificate by that authority, where what is shown is none or ends soon. */
  async #issue({ current }: StoredAuthority): Promise<void> {
    const { clock, log } = this.#options;
    const now = clock();
    if (this.#leaf !== undefined && this.#isGood(this.#leaf, current.certificate, now)) return;
    if (!isUsable(current, now)) throw new Error('the authority in the Secret can not sign now');
    const key = makeKey();
    const authority = await importPair(readKey('the key in the Secret', current.key));
    const pair = await importPair(readKey('a new key', key));
    const end = Math.min(
      now + this.#times.leafLife,
      new X509Certificate(current.certificate).validToDate.getTime(),
    );
    const leaf = await makeCertificate(
      authority,
      pair.publicKey,
      { usage: 'server', commonName: operatorName, names: [operatorName] },
      { notBefore: new Date(now - leeway), notAfter: new Date(end) },
    );
    this.#leaf = leaf;
    this.identity.set(leaf, key, current.certificate);
    log.info('certificate is issued', { until: new Date(end).toISOString() });
  }

  #isGood(leaf: string, authority: string, now: number): boolean {
    const certificate = new X509Certificate(leaf);
    const signer = new X509Certificate(authority);
    const left = certificate.validToDate.getTime() - now;
    // One that ends with its authority can't be prolonged by it.
    const enough = Math.min(this.#times.leafRenew, signer.validToDate.getTime() - now - 1);
    return (
      certificate.validFromDate.getTime() <= now && left > enough && certificate.verify(signer.publicKey)
    );
  }
}
