import { X509Certificate } from 'node:crypto';
import type { PeerCertificate } from 'node:tls';

/** Whether the client's certificate, which TLS has verified, was issued to that node (its CN or a DNS name). */
export function isNode(certificate: PeerCertificate | undefined, node: string): boolean {
  if (!certificate) return false;
  const { CN } = certificate.subject;
  if (CN === node) return true;
  return new X509Certificate(certificate.raw).checkHost(node, { wildcards: false }) !== undefined;
}
