/** Labels that every pod carries besides its own (reference: Cilium's identity labels), all of source `k8s`. */
export const podNamespaceKey = 'io.kubernetes.pod.namespace';
export const podClusterKey = 'io.cilium.k8s.policy.cluster';
/** Followed by the key of a label of the pod's namespace. */
export const namespaceLabelsPrefix = 'io.cilium.k8s.namespace.labels.';
