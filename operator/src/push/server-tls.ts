import { experimental, ServerCredentials } from '@grpc/grpc-js';

/** In PEM. Agents must show a certificate by the authority. */
export interface ServerTls {
  readonly ca: Buffer;
  readonly cert: Buffer;
  readonly key: Buffer;
}

/** A certificate that may be replaced while it is served; agents need not show one. */
export type ServerIdentity = experimental.CertificateProvider;

export function serverCredentials(tls: ServerTls | ServerIdentity): ServerCredentials {
  if ('addIdentityCertificateListener' in tls)
    return experimental.createCertificateProviderServerCredentials(tls, tls, false);
  const { ca, cert, key } = tls;
  return ServerCredentials.createSsl(ca, [{ private_key: key, cert_chain: cert }], true);
}
