import type { Pod } from '../model/endpoint.ts';
import type { Labels } from '../model/labels.ts';
import { countsAsLabel } from './label-filter.ts';
import {
  clusterKey,
  namespaceKey,
  namespaceLabelPrefix,
  portKey,
  portNameKey,
  portNameOfKey,
  serviceAccountKey,
} from './label-keys.ts';

/** The keys that some selector looks at; names of ports as portNameKey. */
export interface KeysInUse {
  has(key: string): boolean;
}

/** Sorted by key, each key once. */
export type LabelPairs = readonly (readonly [key: string, value: string])[];

/** What selectors can tell about a pod: its effective labels (reference §1.3), only those whose key is in use. */
export function project(
  pod: Pod,
  namespaceLabels: Labels | undefined,
  localCluster: string,
  use: KeysInUse,
): LabelPairs {
  const pairs = new Map<string, string>();
  for (const [key, value] of pod.labels) {
    if (use.has(key) && countsAsLabel(key)) pairs.set(key, value);
  }
  for (const [key, value] of namespaceLabels ?? []) {
    const prefixed = namespaceLabelPrefix + key;
    if (use.has(prefixed)) pairs.set(prefixed, value);
  }
  if (use.has(namespaceKey)) pairs.set(namespaceKey, pod.namespace);
  if (use.has(clusterKey)) pairs.set(clusterKey, pod.cluster ?? localCluster);
  if (use.has(serviceAccountKey)) pairs.set(serviceAccountKey, pod.serviceAccount);
  for (const port of pod.ports) {
    const name = portNameKey(port);
    if (use.has(name)) pairs.set(portKey(name, port.port), '');
  }
  return [...pairs].sort(byKey);
}

const byKey = ([a]: readonly [string, string], [b]: readonly [string, string]): number =>
  a < b ? -1 : a > b ? 1 : 0;

/** Equal texts are equal projections. */
export const projectionText = (pairs: LabelPairs): string => JSON.stringify(pairs);

/** The key that is in use when a requirement looks at `key`. */
export const usedKey = (key: string): string => portNameOfKey(key) ?? key;

/** Whether `project` may look at the key for this pod: only then a change of the keys in use can matter to it. */
export function mayHaveKey(pod: Pod, namespaceLabels: Labels | undefined, key: string): boolean {
  if (key === namespaceKey || key === clusterKey || key === serviceAccountKey) return true;
  if (key.startsWith('\0')) return pod.ports.some((port) => portNameKey(port) === key);
  if (key.startsWith(namespaceLabelPrefix)) {
    return namespaceLabels?.has(key.slice(namespaceLabelPrefix.length)) ?? false;
  }
  return pod.labels.has(key);
}
