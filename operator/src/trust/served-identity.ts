import type { experimental } from '@grpc/grpc-js';

type IdentityListener = experimental.IdentityCertificateUpdateListener;
type AuthorityListener = experimental.CaCertificateUpdateListener;

/**
 * The certificate that a server shows; new connections get the newest, without a restart. Listeners are told later than
 * they are added: grpc-js has nobody to tell on before that.
 */
export class ServedIdentity implements experimental.CertificateProvider {
  readonly #identityListeners = new Set<IdentityListener>();
  readonly #authorityListeners = new Set<AuthorityListener>();
  #identity: experimental.IdentityCertificateUpdate | undefined;
  #authority: experimental.CaCertificateUpdate | undefined;

  /** In PEM: a certificate, its key, and the authority that issued it. */
  set(certificate: string, key: string, authority: string): void {
    this.#authority = { caCertificate: Buffer.from(authority) };
    this.#identity = { certificate: Buffer.from(certificate), privateKey: Buffer.from(key) };
    for (const listener of this.#authorityListeners) listener(this.#authority);
    for (const listener of this.#identityListeners) listener(this.#identity);
  }

  addIdentityCertificateListener(listener: IdentityListener): void {
    this.#identityListeners.add(listener);
    const identity = this.#identity;
    if (identity) queueMicrotask(() => listener(identity));
  }

  removeIdentityCertificateListener(listener: IdentityListener): void {
    this.#identityListeners.delete(listener);
  }

  addCaCertificateListener(listener: AuthorityListener): void {
    this.#authorityListeners.add(listener);
    const authority = this.#authority;
    if (authority) queueMicrotask(() => listener(authority));
  }

  removeCaCertificateListener(listener: AuthorityListener): void {
    this.#authorityListeners.delete(listener);
  }
}
