import ipaddr from 'ipaddr.js';
import type { Prefix } from '../model/address.ts';
import { Cluster, type ClusterState } from '../model/cluster.ts';
import type { Namespace, Node, Pod } from '../model/endpoint.ts';
import type { ClusterObject } from '../model/event.ts';
import type { LabelSelector, Requirement } from '../model/labels.ts';
import type {
  BlockScope,
  DirectionRules,
  Peer,
  PolicyRule,
  Ports,
  RuleItem,
  SelectingPolicy,
  TieredPolicy,
  TieredRule,
} from '../model/policy.ts';
import type { EndpointSlice, Service } from '../model/service.ts';
import { defaultSettings, type Settings } from '../model/settings.ts';
import type { Side } from './side.ts';

/** Short ways to write clusters and policies in the tests of this folder. */

export function prefix(text: string): Prefix {
  const [address, length] = ipaddr.parseCIDR(
    text.includes('/') ? text : `${text}/${text.includes(':') ? 128 : 32}`,
  );
  const family = address.kind() === 'ipv4' ? 4 : 6;
  return { family, address: Uint8Array.from(address.toByteArray()), length, text: `${address}/${length}` };
}

export const at = (address: string): Side => ({ kind: 'address', address: prefix(address) });

export const pod = (name: string, fields: Partial<Pod> = {}): Pod => ({
  kind: 'Pod',
  namespace: 'shop',
  name,
  uid: `uid-${name}`,
  labels: new Map([['app', name]]),
  serviceAccount: 'default',
  node: 'node-1',
  addresses: [],
  ports: [],
  hostNetwork: false,
  finished: false,
  terminating: false,
  started: 0,
  cluster: undefined,
  ...fields,
});

export const namespace = (name: string, labels: Record<string, string> = {}): Namespace => ({
  kind: 'Namespace',
  name,
  labels: new Map(Object.entries(labels)),
});

export const node = (name: string, ...addresses: readonly string[]): Node => ({
  kind: 'Node',
  name,
  labels: new Map(),
  addresses: addresses.map(prefix),
});

export function clusterOf(objects: readonly ClusterObject[], settings: Partial<Settings> = {}): ClusterState {
  const cluster = new Cluster({ ...defaultSettings, ...settings });
  for (const object of objects) cluster.apply({ kind: 'upsert', object });
  return cluster.state;
}

export const labelled = (key: string, value: string): LabelSelector => ({
  requirements: [requirement('any', key, 'In', value)],
});

export const requirement = (
  source: Requirement['source'],
  key: string,
  operator: Requirement['operator'],
  ...values: readonly string[]
): Requirement => ({ source, key, operator, values });

export const endpoints = (selector: LabelSelector): Peer => ({ kind: 'endpoints', selector });

export const entity = (name: Extract<Peer, { kind: 'entity' }>['entity']): Peer => ({
  kind: 'entity',
  entity: name,
});

export const scopes = {
  external: { pods: false, nodes: false },
  pods: { pods: true, nodes: false },
  nodes: { pods: false, nodes: true },
  all: { pods: true, nodes: true },
} as const satisfies Record<string, BlockScope>;

export const cidr = (block: string, scope: keyof typeof scopes, ...except: readonly string[]): Peer => ({
  kind: 'cidr',
  block: prefix(block),
  except: except.map(prefix),
  scope: scopes[scope],
});

export const tcp = (first: number, last = first): Ports => ({
  kind: 'list',
  ports: [{ kind: 'range', protocol: 'TCP', first, last }],
});

export const named = (name: string, last = 0): Ports => ({
  kind: 'list',
  ports: [{ kind: 'named', protocol: 'TCP', name, last }],
});

/** An item without peers means any peer, without ports all ports. */
export const item = (path: string, peers?: readonly Peer[], ports: Ports = { kind: 'all' }): RuleItem => ({
  path,
  peers: peers ? { kind: 'list', peers } : { kind: 'any' },
  ports,
});

const silent: DirectionRules = { defaultDeny: false, allow: [], deny: [] };
export const isolating: DirectionRules = { defaultDeny: true, allow: [], deny: [] };

export const policy = (name: string, subject: LabelSelector, rule: Partial<PolicyRule>): SelectingPolicy => ({
  kind: 'Policy',
  ref: { kind: 'CiliumNetworkPolicy', namespace: 'shop', name },
  rules: [{ path: 'spec', subject, ingress: silent, egress: silent, log: '', ...rule }],
});

/** Of the tier and priority; its rules are of ingress, "accept", "deny" or "pass" with peers and ports. */
export const tiered = (
  name: string,
  tier: TieredPolicy['tier'],
  priority: number,
  subject: LabelSelector,
  ...rules: readonly (readonly [TieredRule['action'], (readonly Peer[] | undefined)?, Ports?])[]
): TieredPolicy => ({
  kind: 'TieredPolicy',
  ref: { kind: 'ClusterNetworkPolicy', namespace: '', name },
  tier,
  priority,
  subject,
  ingress: rules.map(([action, peers, ports], at) => ({
    action,
    ...item(`spec.ingress[${at}]`, peers, ports),
  })),
  egress: [],
});

export const service = (name: string, fields: Partial<Service> = {}): Service => ({
  kind: 'Service',
  namespace: 'shop',
  name,
  labels: new Map(),
  selector: undefined,
  type: 'ClusterIP',
  addresses: [],
  ports: [],
  externalAddresses: [],
  internalTrafficLocal: false,
  externalTrafficLocal: false,
  ...fields,
});

/** "10.0.0.1" is ready and of no node. */
export const backend = (
  address: string,
  fields: Partial<EndpointSlice['endpoints'][number]> = {},
): EndpointSlice['endpoints'][number] => ({
  addresses: [prefix(address)],
  ready: true,
  serving: true,
  terminating: false,
  node: '',
  ...fields,
});

/** As a pod has it that still serves. */
export const terminating = { ready: false, serving: true, terminating: true } as const;

/** Backends of a service of the same name. */
export const slice = (
  name: string,
  ports: EndpointSlice['ports'],
  ...endpoints: readonly (string | EndpointSlice['endpoints'][number])[]
): EndpointSlice => ({
  kind: 'EndpointSlice',
  namespace: 'shop',
  name: `${name}-1`,
  service: name,
  ports,
  endpoints: endpoints.map((one) => (typeof one === 'string' ? backend(one) : one)),
});
