import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What kubelet gives to a container of a pod. */
export interface PodIdentity {
  readonly namespace: string;
  readonly token: string;
  /** In PEM. */
  readonly authority: string;
  /** "https://127.0.0.1:6443". */
  readonly server: string;
}

const serviceAccount = '/var/run/secrets/kubernetes.io/serviceaccount';

/**
 * A command that sees the identity's files where every pod has them: in a mount namespace of its own, so that this
 * machine's stay as they are. The process keeps the id that it is started with.
 */
export async function podCommand(
  identity: PodIdentity,
  folder: string,
  command: readonly string[],
): Promise<readonly string[]> {
  const { namespace, token, authority, server } = identity;
  await mkdir(folder, { recursive: true });
  for (const [file, text] of Object.entries({ namespace, token, 'ca.crt': authority }))
    await writeFile(join(folder, file), text, { mode: 0o600 });
  const { hostname, port } = new URL(server);
  const script = `
    mount -t tmpfs none "$(realpath /var/run)" && mkdir -p ${serviceAccount} &&
    mount --bind "$1" ${serviceAccount} && shift &&
    export KUBERNETES_SERVICE_HOST=${hostname} KUBERNETES_SERVICE_PORT=${port} && exec "$@"`;
  return ['unshare', '--mount', '--propagation=private', 'sh', '-c', script, 'pod', folder, ...command];
}
