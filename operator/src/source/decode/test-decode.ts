import assert from 'node:assert/strict';
import type { Problem, RefusedPolicy } from '../../model/event.ts';
import type { Requirement } from '../../model/labels.ts';
import type {
  BlockScope,
  Peer,
  PolicyKind,
  PolicyRule,
  PortSpec,
  RuleItem,
  SelectingPolicy,
  TieredPolicy,
} from '../../model/policy.ts';
import { defaultSettings, type Settings } from '../../model/settings.ts';
import { decodeObject } from './decode-object.ts';

const apiVersions: Record<PolicyKind, string> = {
  NetworkPolicy: 'networking.k8s.io/v1',
  CiliumNetworkPolicy: 'cilium.io/v2',
  CiliumClusterwideNetworkPolicy: 'cilium.io/v2',
  ClusterNetworkPolicy: 'policy.networking.k8s.io/v1alpha2',
};

/** A policy's manifest for tests: named "p", in namespace "shop" where the kind has one. */
export const manifest = (kind: PolicyKind, body: object): object => ({
  apiVersion: apiVersions[kind],
  kind,
  metadata:
    kind.startsWith('Cluster') || kind.includes('Clusterwide')
      ? { name: 'p' }
      : { name: 'p', namespace: 'shop' },
  ...body,
});

export function accepted(value: unknown, settings: Settings = defaultSettings): SelectingPolicy {
  const decoded = decodeObject(value, settings);
  assert.ok(decoded.kind === 'object' && decoded.object.kind === 'Policy', JSON.stringify(decoded));
  return decoded.object;
}

export function acceptedTiered(value: unknown, settings: Settings = defaultSettings): TieredPolicy {
  const decoded = decodeObject(value, settings);
  assert.ok(decoded.kind === 'object' && decoded.object.kind === 'TieredPolicy', JSON.stringify(decoded));
  return decoded.object;
}

export function refused(value: unknown, settings: Settings = defaultSettings): RefusedPolicy {
  const decoded = decodeObject(value, settings);
  assert.ok(decoded.kind === 'object' && decoded.object.kind === 'RefusedPolicy', JSON.stringify(decoded));
  return decoded.object;
}

export function onlyRule(policy: SelectingPolicy): PolicyRule {
  const [rule, ...more] = policy.rules;
  assert.ok(rule !== undefined && more.length === 0);
  return rule;
}

/** "k8s:app In a,b", one a requirement. */
export const texts = (requirements: readonly Requirement[]): readonly string[] =>
  requirements.map(({ source, key, operator, values }) =>
    `${source}:${key} ${operator} ${values.join(',')}`.trim(),
  );

/** Peers of an item as short texts. */
export function peerTexts({ peers }: Pick<RuleItem, 'peers'>): readonly string[] | 'any' | 'none' {
  if (peers.kind !== 'list') return peers.kind;
  return peers.peers.map(peerText);
}

function peerText(peer: Peer): string {
  switch (peer.kind) {
    case 'endpoints':
      return texts(peer.selector.requirements).join('; ');
    case 'cidr':
      return [scopeText(peer.scope), peer.block.text, ...peer.except.map(({ text }) => `-${text}`)].join(' ');
    case 'cidr-group':
      return [
        scopeText(peer.scope),
        peer.group.kind === 'name' ? peer.group.name : texts(peer.group.selector.requirements).join('; '),
        ...peer.except.map(({ text }) => `-${text}`),
      ].join(' ');
    case 'entity':
      return peer.entity;
    case 'nodes':
      return `${peer.includeLocal ? 'nodes' : 'other nodes'} ${texts(peer.selector.requirements).join('; ')}`;
    case 'services':
      return `${peer.namespace}/${peer.service.kind === 'name' ? peer.service.name : texts(peer.service.selector.requirements).join('; ')}`;
  }
}

function scopeText({ pods, nodes }: BlockScope): string {
  if (pods === nodes) return pods ? 'all' : 'external';
  return pods ? 'with pods' : 'with nodes';
}

/** Ports of an item as short texts. */
export function portTexts({ ports }: Pick<RuleItem, 'ports'>): readonly string[] | 'all' | 'none' {
  return ports.kind === 'list' ? ports.ports.map(portText) : ports.kind;
}

function portText(port: PortSpec): string {
  switch (port.kind) {
    case 'range':
      return `${port.protocol} ${port.first}-${port.last}`;
    case 'named':
      return `${port.protocol} ${port.name}${port.last === 0 ? '' : `-${port.last}`}`;
    case 'icmp':
      return `ICMPv${port.family} ${port.type}`;
    case 'protocol':
      return `protocol ${port.protocol}`;
  }
}

export const problemTexts = (problems: readonly Problem[]): readonly string[] =>
  problems.map(({ path, message }) => `${path}: ${message}`);
