import { setTimeout as sleep } from 'node:timers/promises';
import { OperatorError } from '../errors.ts';
import type { ApiClient } from '../source/kube/api-client.ts';
import { ApiError } from '../source/kube/api-error.ts';
import { field, metaOf } from '../source/kube/object-meta.ts';
import { cleanNodes } from './clean-nodes.ts';
import { cleanupDaemonSet, cleanupName, componentLabel } from './cleanup-daemon-set.ts';
import type { UninstallParts } from './uninstall-parts.ts';

/** Pods of nodes that nobody can reach never end; the cleanup waits for those that do by itself. */
const endMs = 30_000;
const everyMs = 500;

/**
 * Ends the agents and operators of a cluster, then cleans every node, and says of each what was removed. What is begun
 * and not finished can be begun again.
 *
 * @returns whether all nodes are clean. Throws an OperatorError `agents-missing`, or an ApiError.
 */
export async function uninstall(parts: UninstallParts): Promise<boolean> {
  const { client, namespace, yes, write } = parts;
  const workloads = `/apis/apps/v1/namespaces/${namespace}`;
  const agents = await component(client, `${workloads}/daemonsets`, 'agent');
  const operators = await component(client, `${workloads}/deployments`, 'operator');
  const begun = await find(client, `${workloads}/daemonsets/${cleanupName}`);
  if (agents.length === 0 && begun === undefined)
    throw new OperatorError(
      'agents-missing',
      `namespace ${namespace} has no DaemonSet with the label ${componentLabel}=agent`,
    );
  // The cleanup is made of one, for its nodes: those of the others would stay as they are, and be called clean.
  if (agents.length > 1)
    throw new OperatorError(
      'agents-several',
      `namespace ${namespace} has several DaemonSets of agents: ${agents.map((one) => metaOf(one).name).join(', ')}`,
    );
  if (!yes) {
    write(
      `This ends Weir in namespace ${namespace} and takes it off every node: no policy is enforced then.`,
    );
    write('Nothing was done. Do it with --yes.');
    return false;
  }
  // Made of what is deleted next.
  const cleanup = begun ?? cleanupDaemonSet(agents[0]);
  for (const one of operators) await end(parts, `${workloads}/deployments/${metaOf(one).name}`);
  // From here on it goes on: who has no agents to make the cleanup of can't begin again.
  if (parts.signal.aborted) return false;
  for (const one of agents) await end(parts, `${workloads}/daemonsets/${metaOf(one).name}`);
  if (begun === undefined) await make(parts, `${workloads}/daemonsets`, cleanup);
  if (!(await cleanNodes(parts))) return false;
  await client.request({ method: 'DELETE', path: `${workloads}/daemonsets/${cleanupName}` });
  return true;
}

async function component(client: ApiClient, path: string, name: string): Promise<readonly unknown[]> {
  const query = { labelSelector: `app.kubernetes.io/name=weir,${componentLabel}=${name}` };
  const items = field(await client.request({ path, query }), 'items');
  return Array.isArray(items) ? items : [];
}

async function find(client: ApiClient, path: string): Promise<unknown> {
  try {
    return await client.request({ path });
  } catch (error) {
    if (error instanceof ApiError && error.notFound) return undefined;
    throw error;
  }
}

/** Whether it is there, as far as is known: an API server that is away for the moment does not say that it has gone. */
async function remains(client: ApiClient, path: string): Promise<boolean> {
  try {
    return (await find(client, path)) !== undefined;
  } catch (error) {
    if (error instanceof ApiError && error.away) return true;
    throw error;
  }
}

/** Tries again while the API server is away: nothing else knows any more what the cleanup is made of. */
async function make(
  { client, timeoutMs, monotonic }: UninstallParts,
  path: string,
  body: unknown,
): Promise<void> {
  const last = monotonic() + timeoutMs;
  for (;;) {
    try {
      await client.request({ method: 'POST', path, body });
      return;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      // A try that had no answer may have been heard.
      if (error.conflict) return;
      if (!error.away || monotonic() >= last) throw error;
      await sleep(everyMs);
    }
  }
}

/** Deletes it, and waits until its pods have gone too. */
async function end({ client, monotonic, write, signal }: UninstallParts, path: string): Promise<void> {
  const query = { propagationPolicy: 'Foreground' };
  await client.request({ method: 'DELETE', path, query });
  const last = monotonic() + endMs;
  let left = await remains(client, path);
  while (left && monotonic() < last && !signal.aborted) {
    await sleep(everyMs, undefined, { signal }).catch(() => undefined);
    left = await remains(client, path);
  }
  write(
    `deleted ${path.split('/').slice(-2).join('/')}${left ? '; some of its pods have not ended yet' : ''}`,
  );
}
