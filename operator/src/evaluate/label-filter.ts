/** Keys that start so are left out of a pod's effective labels (reference: Cilium's default label filter). */
const ignoredPrefixes = [
  'io.kubernetes',
  'kubernetes.io',
  'k8s.io',
  'statefulset.kubernetes.io/pod-name',
  'apps.kubernetes.io/pod-index',
  'batch.kubernetes.io/job-completion-index',
  'batch.kubernetes.io/controller-uid',
  'pod-template-generation',
  'pod-template-hash',
  'controller-revision-hash',
  'controller-uid',
  'annotation',
  'etcd_node',
  'topology.kubernetes.io',
];

/** Whether a selector can see this key of a pod's own labels. */
export function isVisibleLabel(key: string): boolean {
  if (key.startsWith('app.kubernetes.io/')) return true;
  if (key.includes('beta.kubernetes.io')) return false;
  return !ignoredPrefixes.some((prefix) => key.startsWith(prefix));
}
