import ipaddr from 'ipaddr.js';
import type { Prefix } from '../model/address.ts';
import { Cluster, type ClusterState } from '../model/cluster.ts';
import type { Namespace, Node, Pod } from '../model/endpoint.ts';
import type { ClusterObject } from '../model/event.ts';
import type { LabelSelector, Requirement } from '../model/labels.ts';
import type { DirectionRules, Peer, Policy, PolicyRule, Ports, RuleItem } from '../model/policy.ts';
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
  created: 0,
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

export const cidr = (block: string, scope: 'external' | 'all', ...except: readonly string[]): Peer => ({
  kind: 'cidr',
  block: prefix(block),
  except: except.map(prefix),
  scope,
});

export const tcp = (first: number, last = first): Ports => ({
  kind: 'list',
  ports: [{ kind: 'range', protocol: 'TCP', first, last }],
});

export const named = (name: string): Ports => ({
  kind: 'list',
  ports: [{ kind: 'named', protocol: 'TCP', name }],
});

/** An item without peers means any peer, without ports all ports. */
export const item = (path: string, peers?: readonly Peer[], ports: Ports = { kind: 'all' }): RuleItem => ({
  path,
  peers: peers ? { kind: 'list', peers } : { kind: 'any' },
  ports,
});

export const silent: DirectionRules = { defaultDeny: false, allow: [], deny: [] };
export const isolating: DirectionRules = { defaultDeny: true, allow: [], deny: [] };

export const policy = (name: string, subject: LabelSelector, rule: Partial<PolicyRule>): Policy => ({
  kind: 'Policy',
  ref: { kind: 'CiliumNetworkPolicy', namespace: 'shop', name },
  rules: [{ path: 'spec', subject, ingress: silent, egress: silent, ...rule }],
});
