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
