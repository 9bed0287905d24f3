import type { ClusterState } from '../model/cluster.ts';
import type { Pod } from '../model/endpoint.ts';
import type { LabelSource } from '../model/labels.ts';
import { isVisibleLabel } from './label-filter.ts';

/** A label as selectors see it. */
export interface EffectiveLabel {
  readonly source: LabelSource;
  readonly key: string;
  readonly value: string;
}

const namespaceKey = 'io.kubernetes.pod.namespace';
const namespaceLabelPrefix = 'io.cilium.k8s.namespace.labels.';
const clusterKey = 'io.cilium.k8s.policy.cluster';
const serviceAccountKey = 'io.cilium.k8s.policy.serviceaccount';

/** What only Weir says about a pod; a pod's own label of that key must not pretend it. */
const isGranted = (key: string): boolean =>
  key === namespaceKey ||
  key === clusterKey ||
  key === serviceAccountKey ||
  key.startsWith(namespaceLabelPrefix);

const fromKubernetes = (key: string, value: string): EffectiveLabel => ({ source: 'k8s', key, value });

/** A pod's own visible labels, its namespace and that one's labels, its cluster and its service account. */
export function podLabels(state: ClusterState, pod: Pod): readonly EffectiveLabel[] {
  const labels: EffectiveLabel[] = [];
  for (const [key, value] of pod.labels) {
    if (isVisibleLabel(key) && !isGranted(key)) labels.push(fromKubernetes(key, value));
  }
  for (const [key, value] of state.namespaces.get(pod.namespace)?.labels ?? []) {
    labels.push(fromKubernetes(namespaceLabelPrefix + key, value));
  }
  labels.push(fromKubernetes(namespaceKey, pod.namespace));
  labels.push(fromKubernetes(clusterKey, pod.cluster ?? state.settings.clusterName));
  labels.push(fromKubernetes(serviceAccountKey, pod.serviceAccount));
  return labels;
}

/** The labels of what is not a pod: names without values. */
export const reservedLabels = (...names: readonly string[]): readonly EffectiveLabel[] =>
  names.map((key) => ({ source: 'reserved', key, value: '' }));
