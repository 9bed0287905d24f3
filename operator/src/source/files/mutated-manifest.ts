import fc from 'fast-check';

/** Manifests of every kind that use every field. */
const seeds: readonly unknown[] = [
  policy('cilium.io/v2', 'CiliumNetworkPolicy', {
    endpointSelector: { matchLabels: { app: 'web' } },
    ingress: [
      {
        fromEndpoints: [{ matchLabels: { 'k8s:app': 'client' } }],
        toPorts: [{ ports: [{ port: '80', endPort: 90, protocol: 'TCP' }] }],
      },
      { fromCIDRSet: [{ cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] }, { cidrGroupRef: 'office' }] },
      {
        fromEntities: ['kube-apiserver', 'health'],
        icmps: [{ fields: [{ type: 8 }, { family: 'IPv6', type: 'EchoReply' }] }],
      },
    ],
    ingressDeny: [{ fromNodes: [{ matchLabels: { zone: 'a' } }] }],
    egress: [
      {
        toServices: [
          { k8sService: { serviceName: 'db', namespace: 'shop' } },
          { k8sServiceSelector: { selector: {} } },
        ],
      },
      { toCIDR: ['::/0'], toPorts: [{ ports: [{ port: 'http' }] }] },
    ],
    enableDefaultDeny: { egress: false },
    log: { value: 'shop' },
  }),
  policy('cilium.io/v2', 'CiliumClusterwideNetworkPolicy', {
    endpointSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['a', 'b'] }] },
    egressDeny: [{ toEntities: ['world'] }, { toPorts: [{ ports: [{ protocol: 'GRE' }] }] }],
  }),
  policy('networking.k8s.io/v1', 'NetworkPolicy', {
    podSelector: { matchLabels: { app: 'web' } },
    policyTypes: ['Ingress', 'Egress'],
    ingress: [
      {
        from: [{ podSelector: {}, namespaceSelector: { matchLabels: { team: 'red' } } }],
        ports: [{ port: 80, endPort: 90 }],
      },
    ],
    egress: [
      {
        to: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } }],
        ports: [{ port: 'dns', protocol: 'UDP' }],
      },
    ],
  }),
  policy('policy.networking.k8s.io/v1alpha2', 'ClusterNetworkPolicy', {
    tier: 'Admin',
    priority: 10,
    subject: { pods: { namespaceSelector: {}, podSelector: { matchLabels: { app: 'web' } } } },
    ingress: [
      {
        name: 'a',
        action: 'Pass',
        from: [{ namespaces: { matchLabels: { team: 'red' } } }],
        protocols: [{ destinationNamedPort: 'web' }],
      },
    ],
    egress: [
      {
        action: 'Deny',
        to: [{ networks: ['10.0.0.0/8'] }, { nodes: {} }],
        protocols: [{ tcp: { destinationPort: { range: { start: 1, end: 9 } } } }],
      },
    ],
  }),
  policy('cilium.io/v2', 'CiliumCIDRGroup', { externalCIDRs: ['10.0.0.0/8', '::/0'] }),
  policy('v1', 'Service', {
    type: 'NodePort',
    clusterIP: '10.96.0.1',
    selector: { app: 'db' },
    ports: [{ port: 1, targetPort: 'pg', nodePort: 30_000, protocol: 'UDP' }],
  }),
  {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: 'p', namespace: 'shop' },
    ports: [{ port: 80, name: 'http' }],
    endpoints: [{ addresses: ['10.0.0.1'], conditions: { ready: true }, nodeName: 'n1' }],
  },
];

function policy(apiVersion: string, kind: string, spec: object): unknown {
  const inCluster = /^(Cluster|CiliumClusterwide|CiliumCIDR)/.test(kind);
  return { apiVersion, kind, metadata: inCluster ? { name: 'p' } : { name: 'p', namespace: 'shop' }, spec };
}

/** What a place of a manifest may become: the parts of the language, and what is no part of it. */
const replacements: readonly unknown[] = [
  ...[
    null,
    true,
    false,
    0,
    -1,
    1.5,
    65_536,
    1e308,
    '',
    '0',
    'x',
    '080',
    '10.0.0.0/8',
    '::1',
    '\uFEFF',
    '__proto__',
  ],
  ...['ANY', 'SCTP', 'In', 'Exists', 'reserved:host', 'a:b:c', 'http', 'Accept', 'é'.repeat(40), '<<'],
  ...[[], {}, [[]], [{}], [null], { matchLabels: {} }, { a: { b: [] } }],
];

const names = [
  'ingress',
  'egress',
  'fromEntities',
  'toPorts',
  'ports',
  'values',
  'except',
  'icmps',
  'constructor',
  '__proto__',
];

const mutation = fc.record({
  /** Which of the manifest's places. */
  place: fc.nat(),
  how: fc.constantFrom('replace', 'remove', 'copy', 'rename', 'add'),
  value: fc.oneof(fc.constantFrom(...replacements), fc.jsonValue({ maxDepth: 2 })),
  name: fc.oneof(fc.constantFrom(...names), fc.string({ maxLength: 8 })),
});
type Mutation = typeof mutation extends fc.Arbitrary<infer T> ? T : never;

/** A manifest that is valid or nearly so. */
export const mutatedManifest: fc.Arbitrary<unknown> = fc
  .tuple(fc.constantFrom(...seeds), fc.array(mutation, { maxLength: 4 }))
  .map(([seed, mutations]) => {
    const root = { it: structuredClone(seed) };
    for (const one of mutations) mutate(root, one);
    return root.it;
  });

type Container = Record<string, unknown>;

/** Lists are objects whose keys are numbers. */
const isContainer = (value: unknown): value is Container => typeof value === 'object' && value !== null;

function placesIn(container: Container): readonly (readonly [Container, string])[] {
  return Object.keys(container).flatMap((key) => {
    const value = container[key];
    return [[container, key] as const, ...(isContainer(value) ? placesIn(value) : [])];
  });
}

function mutate(root: Container, { place, how, value, name }: Mutation): void {
  const places = placesIn(root);
  const [container, key] = places[place % places.length] ?? [root, 'it'];
  const former = container[key];
  switch (how) {
    case 'replace':
      put(container, key, structuredClone(value));
      return;
    case 'remove':
      if (container === root) return;
      if (Array.isArray(container)) container.splice(Number(key), 1);
      else delete container[key];
      return;
    case 'copy':
      if (Array.isArray(container)) container.push(structuredClone(former));
      else put(container, name, structuredClone(former));
      return;
    case 'rename':
      if (Array.isArray(container) || container === root) return;
      delete container[key];
      put(container, name, former);
      return;
    case 'add':
      if (isContainer(former) && !Array.isArray(former)) put(former, name, structuredClone(value));
      return;
  }
}

/** Also where the name is that of an accessor. */
function put(container: Container, key: string, value: unknown): void {
  Object.defineProperty(container, key, { value, enumerable: true, configurable: true, writable: true });
}
