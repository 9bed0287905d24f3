import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Authority, makeTokenKeys } from './certificates.ts';
import { kubeconfigText } from './kubeconfig.ts';
import type { Place } from './place.ts';

/** The first address of the block for ClusterIPs is the API server's: pods find it there. */
const apiserverNames = [
  '127.0.0.1',
  '10.96.0.1',
  'localhost',
  'kubernetes',
  'kubernetes.default',
  'kubernetes.default.svc',
];

/** Every request as one line once it is answered, without bodies. */
const auditPolicy = {
  apiVersion: 'audit.k8s.io/v1',
  kind: 'Policy',
  omitStages: ['RequestReceived'],
  rules: [{ level: 'Metadata' }],
};

export const serverUrl = ({ address, apiPort }: Place): string =>
  address.includes(':') ? `https://[${address}]:${apiPort}` : `https://${address}:${apiPort}`;

/** Writes what the components read: certificates, keys, tokens, kubeconfigs, the audit policy. */
export async function writeControlFiles(place: Place): Promise<Authority> {
  mkdirSync(place.directory, { recursive: true, mode: 0o700 });
  const write = (name: string, content: string): void =>
    writeFileSync(join(place.directory, name), content, { mode: 0o600 });
  const authority = await Authority.make();
  write('ca.crt', authority.pem.certificate);
  write('ca.key', authority.pem.key);
  const tokens = await makeTokenKeys();
  write('tokens.key', tokens.key);
  write('tokens.pub', tokens.publicKey);
  write('audit-policy.json', JSON.stringify(auditPolicy));

  const names = [...new Set([place.address, ...apiserverNames])];
  const server = await authority.issue({ user: 'kube-apiserver', names });
  write('apiserver.crt', server.certificate);
  write('apiserver.key', server.key);
  const client = await authority.issue({ user: 'kube-apiserver-kubelet-client', groups: ['system:masters'] });
  write('kubelet-client.crt', client.certificate);
  write('kubelet-client.key', client.key);

  const token = randomUUID();
  write('tokens.csv', `${token},admin,admin,system:masters\n`);
  const url = serverUrl(place);
  write('admin.kubeconfig', kubeconfigText(url, authority.pem.certificate, { kind: 'token', token }));
  // The controller manager is all its controllers in one, for a user each costs a second of its start.
  const groups = { 'controller-manager': ['system:masters'], scheduler: [] };
  for (const [component, own] of Object.entries(groups)) {
    const pair = await authority.issue({ user: `system:kube-${component}`, groups: own });
    const text = kubeconfigText(url, authority.pem.certificate, { kind: 'certificate', ...pair });
    write(`${component}.kubeconfig`, text);
  }
  return authority;
}
