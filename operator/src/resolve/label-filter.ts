import { clusterKey, namespaceKey, namespaceLabelPrefix, serviceAccountKey } from './label-keys.ts';

/**
 * Keys that begin so don't count: they tell pods of one workload apart, or say where a pod runs.
 * The list is Cilium's default (pkg/labelsfilter).
 */
const ignored =
  /^(io\.kubernetes|kubernetes\.io|.*beta\.kubernetes\.io|k8s\.io|statefulset\.kubernetes\.io\/pod-name|apps\.kubernetes\.io\/pod-index|batch\.kubernetes\.io\/(job-completion-index|controller-uid)|pod-template-(generation|hash)|controller-revision-hash|controller-uid|annotation|etcd_node|topology\.kubernetes\.io)/s;

const granted = new Set([namespaceKey, clusterKey, serviceAccountKey]);

/** Whether a pod's own label is among those that selectors see; what only the cluster may say of a pod is not. */
export function countsAsLabel(key: string): boolean {
  if (granted.has(key) || key.startsWith(namespaceLabelPrefix) || key.startsWith('\0')) return false;
  return key.startsWith('app.kubernetes.io/') || !ignored.test(key);
}
