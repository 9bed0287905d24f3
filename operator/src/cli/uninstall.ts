import { ApiClient } from '../source/kube/api-client.ts';
import type { KubeAccess } from '../source/kube/connection.ts';
import { uninstall } from '../uninstall/uninstall.ts';
import type { UninstallParts } from '../uninstall/uninstall-parts.ts';

/** @returns whether all nodes are clean. Throws an OperatorError. */
export async function uninstallBy(
  access: KubeAccess,
  parts: Omit<UninstallParts, 'client'>,
): Promise<boolean> {
  const client = ApiClient.open(access);
  try {
    return await uninstall({ ...parts, client });
  } finally {
    client.close();
  }
}
