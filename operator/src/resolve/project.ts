import type { Pod } from '../model/endpoint.ts';
import type { Labels } from '../model/labels.ts';
import { countsAsLabel } from './label-filter.ts';
import {
  clusterKey,
  namespaceKey,
  namespaceLabelKey,
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

/**
 * What selectors can tell about a pod: its effective labels (docs/policies.md, Selectors), only those whose key is in
 * use.
 */
export function project(
  pod: Pod,
  namespaceLabels: Labels | undefined,
  localCluster: string,
  use: KeysInUse,
): LabelPairs {
  const pairs: (readonly [string, string])[] = [];
  for (const [key, value] of pod.labels) {
    if (use.has(key) && countsAsLabel(key)) pairs.push([key, value]);
  }
  for (const [key, value] of namespaceLabels ?? []) {
    const prefixed = namespaceLabelKey(key);
    if (use.has(prefixed)) pairs.push([prefixed, value]);
  }
  if (use.has(namespaceKey)) pairs.push([namespaceKey, pod.namespace]);
  if (use.has(clusterKey)) pairs.push([clusterKey, pod.cluster ?? localCluster]);
  if (use.has(serviceAccountKey)) pairs.push([serviceAccountKey, pod.serviceAccount]);
  for (const key of portKeysOf(pod, use)) pairs.push([key, '']);
  return pairs.sort(byKey);
}

function portKeysOf(pod: Pod, use: KeysInUse): Iterable<string> {
  if (pod.ports.length === 0) return [];
  const named = pod.ports.map((port) => ({ name: portNameKey(port), number: port.port }));
  return new Set(named.filter(({ name }) => use.has(name)).map(({ name, number }) => portKey(name, number)));
}

const byKey = ([a]: readonly [string, string], [b]: readonly [string, string]): number =>
  a < b ? -1 : a > b ? 1 : 0;

/** Equal texts are equal projections: lengths tell where each part ends, whatever is in it. */
export function projectionText(pairs: LabelPairs): string {
  const parts: (string | number)[] = [];
  for (const [key, value] of pairs) parts.push(key.length, ':', key, value.length, ':', value);
  // In one piece: concatenated texts keep what they are made of.
  return parts.join('');
}

/** The key that is in use when a requirement looks at `key`. */
export const usedKey = (key: string): string => portNameOfKey(key) ?? key;
