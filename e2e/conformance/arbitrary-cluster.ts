import type { Prefix } from '@weir/operator/src/model/address.ts';
import type { CidrGroup } from '@weir/operator/src/model/cidr-group.ts';
import type { Namespace, Node, Pod } from '@weir/operator/src/model/endpoint.ts';
import type { ClusterObject } from '@weir/operator/src/model/event.ts';
import type { EndpointSlice, Service } from '@weir/operator/src/model/service.ts';
import { defaultSettings, type Settings } from '@weir/operator/src/model/settings.ts';
import type { SpecialAddress } from '@weir/operator/src/model/special-address.ts';
import { parsePrefix } from '@weir/operator/src/source/decode/parse-prefix.ts';
import fc from 'fast-check';
import { parseAddress } from './address.ts';
import { arbitraryPolicy } from './arbitrary-policy.ts';
import { arbitraryServed } from './arbitrary-service.ts';
import { words } from './arbitrary-words.ts';

/** A cluster of few objects: settings, and objects of every kind. Services have addresses that nothing else has. */
export interface RandomCluster {
  readonly settings: Settings;
  readonly objects: readonly ClusterObject[];
}

const word = <const T>(of: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...of);
const rarely = fc.constantFrom(false, false, false, false, false, false, true);
const addresses = (...texts: readonly string[]): Prefix[] => texts.map(parseAddress);

const labels: fc.Arbitrary<ReadonlyMap<string, string>> = fc
  .dictionary(word(words.keys), word(words.values), { maxKeys: 2, noNullPrototype: true })
  .map((of) => new Map(Object.entries(of)));

const plainLabels: fc.Arbitrary<ReadonlyMap<string, string>> = fc
  .record({ app: word(words.values), tier: word(words.values) }, { requiredKeys: [] })
  .map((of) => new Map(Object.entries(of)));

const settings: fc.Arbitrary<Settings> = fc.record({
  enablePolicy: fc.constantFrom('default', 'default', 'default', 'default', 'default', 'always', 'never'),
  allowLocalhost: word(['auto', 'always', 'policy']),
  clusterName: word(['default', 'web']),
  policyDefaultLocalCluster: fc.constant(true),
  networkPolicyIpBlock: fc.constant('all'),
  policyCidrMatchMode: fc.record({ pods: fc.boolean(), nodes: fc.boolean() }),
  enableNodeSelectorLabels: fc.constant(true),
  enableExtendedIpProtocols: fc.constant(true),
  observe: fc.constant([]),
});

/** At most one address of each family; some pods claim the same. */
const podAddresses = fc
  .tuple(
    fc.subarray(addresses('10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.4', '10.0.0.5'), { maxLength: 1 }),
    fc.subarray(addresses('fd00::1', 'fd00::2', 'fd00::3'), { maxLength: 1 }),
  )
  .map((both) => both.flat());

const pod: fc.Arbitrary<Pod> = fc
  .record({
    kind: fc.constant('Pod'),
    namespace: word(words.namespaces),
    name: word(['p0', 'p1', 'p2']),
    labels,
    node: fc.constantFrom('n1', 'n1', 'n1', 'n2', 'n2', 'n2', ''),
    addresses: podAddresses,
    ports: fc.array(
      fc.record({ name: word(words.ports), port: word([80, 8080]), protocol: word(['TCP', 'UDP'] as const) }),
      { maxLength: 2 },
    ),
    hostNetwork: rarely,
    finished: rarely,
    terminating: rarely,
    started: word([1, 2, 3]),
    cluster: rarely.map((isFar) => (isFar ? 'east' : undefined)),
    serviceAccount: word(['default', 'builder']),
  })
  .map((of) => ({ ...of, uid: `${of.cluster ?? ''}/${of.namespace}/${of.name}` }));

const nodeAddresses = {
  n1: addresses('192.168.0.1', 'fd00:192::1'),
  n2: addresses('192.168.0.2', '10.0.0.5'),
  n3: addresses('192.168.0.3'),
} as const;

const node: fc.Arbitrary<Node> = fc
  .record({ name: word(words.nodes), labels: plainLabels })
  .map((of) => ({ kind: 'Node', ...of, addresses: nodeAddresses[of.name] }));

const namespace: fc.Arbitrary<Namespace> = fc.record({
  kind: fc.constant('Namespace'),
  name: word(words.namespaces),
  labels: word(words.values).map((value) => new Map([['env', value]])),
});

const blocks = ['8.8.8.0/24', '8.8.8.8/32', '10.0.0.0/30', '192.168.0.0/24', 'fd00::/64'].flatMap(
  (text) => parsePrefix(text) ?? [],
);

const group: fc.Arbitrary<CidrGroup> = fc.record({
  kind: fc.constant('CidrGroup'),
  name: word(words.groups),
  labels: plainLabels,
  blocks: fc.subarray(blocks, { minLength: 1, maxLength: 3 }),
});

const externalAddresses = { s1: addresses('172.21.0.1'), s2: addresses('172.21.0.2', 'fd10::2') } as const;
const serviceAddresses = { s1: addresses('172.20.0.1', 'fd10::1'), s2: addresses('172.20.0.2') } as const;

/** Services and slices have little to differ in, so that they find each other. */
const mostlyA = fc.constantFrom('a', 'a', 'a', 'b');
const mostlyHttp = fc.constantFrom('http', 'http', 'http', 'dns');
const mostlyTcp = fc.constantFrom('TCP' as const, 'TCP' as const, 'TCP' as const, 'UDP' as const);

const service: fc.Arbitrary<Service> = fc
  .record({
    kind: fc.constant('Service'),
    namespace: mostlyA,
    name: word(words.services),
    labels: plainLabels,
    selector: fc.oneof(fc.constant(undefined), plainLabels),
    type: fc.constant('NodePort'),
    ports: fc.uniqueArray(
      fc.record({
        name: mostlyHttp,
        protocol: mostlyTcp,
        port: word([80, 90]),
        targetPort: word([81, 8080, 'http']),
        nodePort: fc.constantFrom(0, 30_080),
      }),
      { minLength: 1, maxLength: 2, selector: ({ name }) => name },
    ),
    internalTrafficLocal: fc.constantFrom(false, false, true),
    externalTrafficLocal: fc.constantFrom(false, false, true),
  })
  .map((of) => ({
    ...of,
    addresses: of.namespace === 'a' ? serviceAddresses[of.name] : [],
    externalAddresses: externalAddresses[of.name],
  }));

const backendAddress = word(
  addresses('10.0.0.1', '10.0.0.2', '10.0.0.3', 'fd00::1', '8.8.8.8', '8.8.8.9', '192.168.0.2'),
);

/** Many are terminating: who serves then depends on who else does. */
const condition = {
  ready: fc.constantFrom(true, false, false),
  serving: fc.constantFrom(true, true, false),
  terminating: fc.boolean(),
} as const;

const slice: fc.Arbitrary<EndpointSlice> = fc.record({
  kind: fc.constant('EndpointSlice'),
  namespace: mostlyA,
  name: word(['e0', 'e1', 'e2']),
  service: word(words.services),
  ports: fc.array(
    fc.record({
      name: mostlyHttp,
      protocol: mostlyTcp,
      port: word([80, 8080, 0]),
    }),
    { minLength: 1, maxLength: 2 },
  ),
  endpoints: fc.array(
    fc.record({
      addresses: backendAddress.map((address) => [address]),
      ...condition,
      node: word(['n1', 'n2', '']),
    }),
    { minLength: 1, maxLength: 4 },
  ),
});

const apiServers: fc.Arbitrary<EndpointSlice> = fc
  .subarray(addresses('192.168.0.1', '192.168.0.3', '8.8.8.8', '10.0.0.1'))
  .map((of) => ({
    kind: 'EndpointSlice',
    namespace: 'default',
    name: 'kubernetes',
    service: 'kubernetes',
    ports: [{ name: 'https', protocol: 'TCP', port: 6443 }],
    endpoints: [{ addresses: of, ready: true, serving: true, terminating: false, node: '' }],
  }));

const special: fc.Arbitrary<SpecialAddress> = fc.record({
  kind: fc.constant('SpecialAddress'),
  name: word(['h', 'i']),
  entity: word(['init', 'unmanaged', 'health', 'ingress']),
  address: word(addresses('10.0.9.1', '10.0.0.4', 'fd00::9')),
});

/** Where it was never accepted, what a policy selects that needs it is isolated. */
const refusedGroup: fc.Arbitrary<ClusterObject> = group.map(({ name, labels }) => ({
  kind: 'RefusedCidrGroup',
  name,
  labels,
  problems: [{ path: 'spec', message: 'wrong' }],
}));

/** A policy that was never accepted: it isolates. */
const refused: fc.Arbitrary<ClusterObject> = arbitraryPolicy.map((policy) =>
  policy.kind === 'Policy'
    ? {
        kind: 'RefusedPolicy',
        ref: policy.ref,
        problems: [{ path: 'spec', message: 'wrong' }],
        isolation: policy,
      }
    : policy,
);

const some = <T extends ClusterObject>(of: fc.Arbitrary<T>, maxLength: number) =>
  fc.array(of, { maxLength, size: 'max' });

export const arbitraryCluster: fc.Arbitrary<RandomCluster> = fc.record({
  settings: fc.oneof(fc.constant(defaultSettings), settings),
  objects: fc
    .tuple(
      fc.array(pod, { minLength: 1, maxLength: 6, size: 'max' }),
      fc.uniqueArray(node, { minLength: 2, maxLength: 3, selector: ({ name }) => name }),
      fc.array(arbitraryPolicy, { minLength: 1, maxLength: 5, size: 'max' }),
      some(namespace, 2),
      some(group, 3),
      fc.oneof(
        { weight: 4, arbitrary: fc.constant([]) },
        { weight: 1, arbitrary: refusedGroup.map((one) => [one]) },
      ),
      some(service, 3),
      some(slice, 3),
      some(apiServers, 1),
      some(special, 2),
      fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: arbitraryServed }),
      fc.oneof(
        { weight: 9, arbitrary: fc.constant([]) },
        { weight: 1, arbitrary: refused.map((one) => [one]) },
      ),
    )
    .map((of) => of.flat()),
});
