export const ciliumPath = '/apis/cilium.io/v2/namespaces/default/ciliumnetworkpolicies';
export const groupPath = '/apis/cilium.io/v2/ciliumcidrgroups';
export const podPath = '/api/v1/namespaces/default/pods';
export const policyPath = '/apis/networking.k8s.io/v1/namespaces/default/networkpolicies';

/** Lets nobody in to the pods of an app. */
export const closed = (name: string, app: string): unknown => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name },
  spec: { podSelector: { matchLabels: { app } }, policyTypes: ['Ingress'] },
});

const cilium = (name: string, app: string, rules: object): unknown => ({
  apiVersion: 'cilium.io/v2',
  kind: 'CiliumNetworkPolicy',
  metadata: { name },
  spec: { endpointSelector: { matchLabels: { app } }, ...rules },
});

/** Takes precedence over what allows. */
export const denial = (name: string): unknown =>
  cilium(name, 'web', { ingressDeny: [{ fromEntities: ['all'] }] });

/** Lets pods of some apps in to those of others. */
export const between = (name: string, to: readonly string[], from: readonly string[]): unknown => ({
  apiVersion: 'cilium.io/v2',
  kind: 'CiliumNetworkPolicy',
  metadata: { name },
  spec: {
    endpointSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: to }] },
    ingress: [{ fromEndpoints: from.map((app) => ({ matchLabels: { app } })) }],
  },
});

/** Goes to a node without being scheduled. */
export const podOn = (node: string, name: string, app = name): unknown => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, labels: { app } },
  spec: {
    nodeName: node,
    terminationGracePeriodSeconds: 1,
    containers: [
      {
        name: 'server',
        image: 'registry.k8s.io/e2e-test-images/agnhost:2.60',
        args: ['netexec', '--http-port=8080', '--udp-port=8081'],
      },
    ],
  },
});

/** Denies all, and names the blocks of groups besides. */
export const bulkyDenial = (name: string, groups: readonly string[]): unknown =>
  cilium(name, 'web', {
    ingressDeny: [
      { fromEntities: ['all'] },
      { fromCIDRSet: groups.map((cidrGroupRef) => ({ cidrGroupRef })) },
    ],
  });

/** Blocks that no other group has. */
export const group = (name: string, number: number, blocks: number): unknown => ({
  apiVersion: 'cilium.io/v2',
  kind: 'CiliumCIDRGroup',
  metadata: { name },
  spec: {
    externalCIDRs: Array.from(
      { length: blocks },
      (_, index) => `2001:db8:${number.toString(16)}:${index.toString(16)}::/64`,
    ),
  },
});

/** As a patch of a policy: it would let everybody in, were it not refused as a whole. */
export const refusal = {
  spec: { ingressDeny: null, ingress: [{}], egress: [{ toFQDNs: [{ matchName: 'weir.dev' }] }] },
};
