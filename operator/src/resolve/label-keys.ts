import type { NamedPort } from '../model/endpoint.ts';
import type { LabelLookup } from './label-list.ts';

/** Labels that a pod has from what it is, not from what its owner writes (docs/policies.md, Selectors). */
export const namespaceKey = 'io.kubernetes.pod.namespace';
export const clusterKey = 'io.cilium.k8s.policy.cluster';
export const serviceAccountKey = 'io.cilium.k8s.policy.serviceaccount';
/** Stands before the keys of the namespace's labels. */
export const namespaceLabelPrefix = 'io.cilium.k8s.namespace.labels.';

const namespaceLabelKeys = new Map<string, string>();
const mostNamespaceLabelKeys = 4096;

/** The key of a namespace's label among those of its pods: the same text each time, since every pod has it. */
export function namespaceLabelKey(key: string): string {
  let found = namespaceLabelKeys.get(key);
  if (found === undefined) {
    if (namespaceLabelKeys.size === mostNamespaceLabelKeys) namespaceLabelKeys.clear();
    found = namespaceLabelPrefix + key;
    namespaceLabelKeys.set(key, found);
  }
  return found;
}

/**
 * A port name of one protocol as a key. It begins with a character that no label key can have, so that what a pod
 * calls its ports and how it labels itself can't be taken for each other.
 */
export const portNameKey = ({ protocol, name }: Pick<NamedPort, 'protocol' | 'name'>): string =>
  `\0${protocol}/${name}`;

/** The key of the pseudo-label that says: this pod calls port `number` so. Its value is empty. */
export const portKey = (nameKey: string, number: number): string => `${nameKey}/${number}`;

/** The port name that a pseudo-label is about; undefined: an ordinary label. */
export const portNameOfKey = (key: string): string | undefined =>
  key.startsWith('\0') ? key.slice(0, key.lastIndexOf('/')) : undefined;

/** The numbers that a label set has for a port name, ascending. */
export function portNumbers(labels: Pick<LabelLookup, 'keys'>, nameKey: string): readonly number[] {
  const numbers: number[] = [];
  for (const key of labels.keys()) {
    if (portNameOfKey(key) === nameKey) numbers.push(Number(key.slice(nameKey.length + 1)));
  }
  return numbers.sort((a, b) => a - b);
}
