import { setTimeout as sleep } from 'node:timers/promises';
import type { PolicyRef } from '../model/policy.ts';
import { ApiClient } from '../source/kube/api-client.ts';
import { ApiError } from '../source/kube/api-error.ts';
import { field, metaOf } from '../source/kube/object-meta.ts';
import { type Condition, readConditions } from '../status/condition.ts';
import { hasStatus, isNamespaced, policyPath } from '../status/policy-kinds.ts';
import { policyUidLabel, readVersion, versionLabel } from '../status/stored-version.ts';
import type { WaitOptions } from './wait-command.ts';

export interface WaitParts extends WaitOptions {
  /** Milliseconds, monotonic. */
  readonly monotonic: () => number;
  readonly write: (line: string) => void;
  readonly signal: AbortSignal;
}

const everyMs = 500;

/**
 * Waits until the newest version of each policy is enforced on every node that it is for.
 *
 * @returns whether that was in time. Throws an OperatorError `kubeconfig-unusable` or, where the API
 * server refuses to tell, `api-refused`.
 */
export async function waitForEnforced(parts: WaitParts): Promise<boolean> {
  const client = ApiClient.open(parts.access);
  const namespace = parts.namespace ?? client.namespace;
  const refs = parts.policies.map(({ kind, name }) => ({
    kind,
    name,
    namespace: isNamespaced(kind) ? namespace : '',
  }));
  try {
    return await waitForAll(client, refs, parts);
  } finally {
    client.close();
  }
}

async function waitForAll(
  client: ApiClient,
  refs: readonly PolicyRef[],
  { timeoutMs, monotonic, write, signal }: WaitParts,
): Promise<boolean> {
  const end = monotonic() + timeoutMs;
  const left = new Set(refs);
  const told = new Map<PolicyRef, string>();
  while (left.size > 0 && !signal.aborted) {
    for (const ref of [...left]) {
      const seen = await look(client, ref, signal);
      told.set(ref, seen.text);
      if (!seen.enforced) continue;
      left.delete(ref);
      write(`${nameOf(ref)} is enforced: ${seen.text}`);
    }
    if (left.size === 0 || monotonic() >= end) break;
    await sleep(Math.min(everyMs, Math.max(1, end - monotonic())), undefined, { signal }).catch(
      () => undefined,
    );
  }
  for (const ref of left) write(`${nameOf(ref)} is not enforced: ${told.get(ref) ?? 'not looked at'}`);
  return left.size === 0;
}

interface Seen {
  readonly enforced: boolean;
  readonly text: string;
}

async function look(client: ApiClient, ref: PolicyRef, signal: AbortSignal): Promise<Seen> {
  try {
    const object = await client.request({ path: policyPath(ref), signal });
    const { uid, generation } = metaOf(object);
    const conditions = hasStatus(ref.kind)
      ? readConditions(field(object, 'status'))
      : await conditionsOf(client, ref, uid);
    return judge(conditions, generation);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.notFound) return { enforced: false, text: 'there is no such policy' };
    // What passes is waited for like all else.
    if (error.code === 'api-unreachable') return { enforced: false, text: error.message };
    throw error;
  }
}

/** Of a kind without a status: they are on the accepted version that the policy owns. */
async function conditionsOf(
  client: ApiClient,
  { namespace }: PolicyRef,
  uid: string,
): Promise<readonly Condition[]> {
  const labelSelector = `${versionLabel}=true,${policyUidLabel}=${uid}`;
  const path = `/apis/apps/v1/namespaces/${namespace}/controllerrevisions`;
  const items = field(await client.request({ path, query: { labelSelector } }), 'items');
  const versions = Array.isArray(items) ? items.map((item: unknown) => readVersion(item, metaOf(item))) : [];
  const newest = versions
    .filter((one) => one !== undefined)
    .reduce<(typeof versions)[number]>(
      (best, one) => (best && best.version.generation > one.version.generation ? best : one),
      undefined,
    );
  return newest?.conditions ?? [];
}

function judge(conditions: readonly Condition[], generation: number): Seen {
  const enforced = conditions.find(({ type }) => type === 'Enforced');
  if (!enforced) return { enforced: false, text: 'the operator has not said anything of it' };
  if (enforced.observedGeneration !== generation)
    return { enforced: false, text: 'the operator has not said anything of its newest version' };
  return { enforced: enforced.status === 'True', text: `${enforced.reason}: ${enforced.message}` };
}

const nameOf = ({ kind, namespace, name }: PolicyRef): string =>
  `${kind.toLowerCase()}/${name}${namespace === '' ? '' : ` in ${namespace}`}`;
