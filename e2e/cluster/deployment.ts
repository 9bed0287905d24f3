export interface DeploymentParts {
  /** Of the pods, besides app. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Seconds that its pods have to end. */
  readonly grace?: number;
  /** Further lines of the container, such as "readinessProbe: { … }". */
  readonly container?: string;
}

/** Manifest of a Deployment of agnhost, which answers on TCP 8080 and UDP 8081; its pods go to different nodes. */
export const deployment = (name: string, replicas: number, parts: DeploymentParts = {}): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: default }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: ${JSON.stringify({ app: name, ...parts.labels })} }
    spec:
      terminationGracePeriodSeconds: ${parts.grace ?? 1}
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: kubernetes.io/hostname
          whenUnsatisfiable: DoNotSchedule
          labelSelector: { matchLabels: { app: ${name} } }
      containers:
        - name: server
          image: registry.k8s.io/e2e-test-images/agnhost:2.60
          args: [netexec, --http-port=8080, --udp-port=8081]
          ${parts.container ?? ''}
`;
