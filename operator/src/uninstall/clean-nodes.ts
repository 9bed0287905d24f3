import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiClient } from '../source/kube/api-client.ts';
import { ApiError } from '../source/kube/api-error.ts';
import { field, metaOf } from '../source/kube/object-meta.ts';
import { cleanupContainer, cleanupName, componentLabel } from './cleanup-daemon-set.ts';
import { type NodeCleanup, nodeCleanup } from './node-cleanup.ts';
import type { UninstallParts } from './uninstall-parts.ts';

interface Progress {
  /** Nodes that get a pod of the cleanup; undefined until the API server has counted them. */
  readonly wanted: number | undefined;
  readonly nodes: readonly NodeCleanup[];
}

const everyMs = 500;

/**
 * Waits until the cleanup's DaemonSet has done its work, and tells of each node what it has removed there.
 *
 * @returns whether that was in time
 */
export async function cleanNodes(parts: UninstallParts): Promise<boolean> {
  const { timeoutMs, monotonic, write, signal } = parts;
  const last = monotonic() + timeoutMs;
  const told = new Set<string>();
  for (;;) {
    const seen = await look(parts);
    if (seen) await tellClean(parts, seen.nodes, told);
    if (seen?.wanted === told.size) {
      write(`${told.size} of ${told.size} nodes are clean`);
      return true;
    }
    if (monotonic() >= last || signal.aborted) {
      tellRest(seen, told, write);
      return false;
    }
    await sleep(everyMs, undefined, { signal }).catch(() => undefined);
  }
}

/** Undefined: the API server does not answer for the moment. */
async function look({ client, namespace }: UninstallParts): Promise<Progress | undefined> {
  const query = { labelSelector: `${componentLabel}=uninstall` };
  try {
    const path = `/apis/apps/v1/namespaces/${namespace}/daemonsets/${cleanupName}`;
    const set = await client.request({ path });
    const items = field(await client.request({ path: podsOf(namespace), query }), 'items');
    const nodes = (Array.isArray(items) ? items : []).map(nodeCleanup).filter((one) => one !== undefined);
    return { wanted: wantedBy(set), nodes };
  } catch (error) {
    if (error instanceof ApiError && error.away) return undefined;
    throw error;
  }
}

function wantedBy(set: unknown): number | undefined {
  const status = field(set, 'status');
  const wanted = field(status, 'desiredNumberScheduled');
  const current = field(status, 'observedGeneration') === metaOf(set).generation;
  return current && typeof wanted === 'number' ? wanted : undefined;
}

/** Tells of each clean node once, and forgets those that have gone: they don't count for others that are not clean. */
async function tellClean(
  parts: UninstallParts,
  nodes: readonly NodeCleanup[],
  told: Set<string>,
): Promise<void> {
  const clean = nodes.filter((one) => one.clean);
  const names = new Set(clean.map(({ node }) => node));
  for (const node of told) if (!names.has(node)) told.delete(node);
  for (const { node, pod } of clean) {
    if (told.has(node)) continue;
    told.add(node);
    parts.write(`${node}: ${await report(parts, pod)}`);
  }
}

/** What the pod has said of its work, in one line. */
async function report({ client, namespace }: UninstallParts, pod: string): Promise<string> {
  try {
    const log = await logOf(client, namespace, pod);
    return log.trim().split('\n').join(', ');
  } catch (error) {
    if (error instanceof ApiError) return `clean (its report cannot be read: ${error.message})`;
    throw error;
  }
}

const logOf = (client: ApiClient, namespace: string, pod: string): Promise<string> =>
  client.text({ path: `${podsOf(namespace)}/${pod}/log`, query: { container: cleanupContainer } });

const podsOf = (namespace: string): string => `/api/v1/namespaces/${namespace}/pods`;

function tellRest(
  seen: Progress | undefined,
  told: ReadonlySet<string>,
  write: (line: string) => void,
): void {
  for (const { node, why } of seen?.nodes.filter((one) => !told.has(one.node)) ?? [])
    write(`${node} is not clean: ${why}`);
  write(`${told.size} of ${seen?.wanted ?? 'an unknown number of'} nodes are clean`);
  write(`daemonset/${cleanupName} stays and goes on; begin again to see how far it is`);
}
