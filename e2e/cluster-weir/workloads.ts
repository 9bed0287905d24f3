/** A Deployment of agnhost, which answers on TCP 8080 and UDP 8081; its pods go to different nodes. */
export const deployment = (
  name: string,
  replicas: number,
  labels: Readonly<Record<string, string>> = {},
): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: default }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: ${JSON.stringify({ app: name, ...labels })} }
    spec:
      terminationGracePeriodSeconds: 1
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: kubernetes.io/hostname
          whenUnsatisfiable: DoNotSchedule
          labelSelector: { matchLabels: { app: ${name} } }
      containers:
        - name: server
          image: registry.k8s.io/e2e-test-images/agnhost:2.60
          args: [netexec, --http-port=8080, --udp-port=8081]
`;

/** Pods that a selector matches take connections from those with app=client alone. */
export const onlyFrom = (name: string, app: string, client: string): string => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${name}, namespace: default }
spec:
  podSelector: { matchLabels: { app: ${app} } }
  policyTypes: [Ingress]
  ingress: [{ from: [{ podSelector: { matchLabels: { app: ${client} } } }] }]
`;
