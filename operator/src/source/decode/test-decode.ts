import assert from 'node:assert/strict';
import type { Problem, RefusedPolicy } from '../../model/event.ts';
import type { Requirement } from '../../model/labels.ts';
import type { Peer, Policy, PolicyKind, PolicyRule, RuleItem } from '../../model/policy.ts';
import { defaultSettings, type Settings } from '../../model/settings.ts';
import { decodeObject } from './decode-object.ts';

/** A policy's manifest for tests: named "p", in namespace "shop" where the kind has one. */
export const manifest = (kind: PolicyKind, body: object): object => ({
  apiVersion: kind === 'NetworkPolicy' ? 'networking.k8s.io/v1' : 'cilium.io/v2',
  kind,
  metadata: kind === 'CiliumClusterwideNetworkPolicy' ? { name: 'p' } : { name: 'p', namespace: 'shop' },
  ...body,
});

export function accepted(value: unknown, settings: Settings = defaultSettings): Policy {
  const decoded = decodeObject(value, settings);
  assert.ok(decoded.kind === 'object' && decoded.object.kind === 'Policy', JSON.stringify(decoded));
  return decoded.object;
}

export function refused(value: unknown): RefusedPolicy {
  const decoded = decodeObject(value, defaultSettings);
  assert.ok(decoded.kind === 'object' && decoded.object.kind === 'RefusedPolicy', JSON.stringify(decoded));
  return decoded.object;
}

export function onlyRule(policy: Policy): PolicyRule {
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
export function peerTexts({ peers }: RuleItem): readonly string[] | 'any' | 'none' {
  if (peers.kind !== 'list') return peers.kind;
  return peers.peers.map(peerText);
}

function peerText(peer: Peer): string {
  switch (peer.kind) {
    case 'endpoints':
      return texts(peer.selector.requirements).join('; ');
    case 'cidr':
      return [peer.scope, peer.block.text, ...peer.except.map(({ text }) => `-${text}`)].join(' ');
    case 'entity':
      return peer.entity;
  }
}

/** Ports of an item as short texts. */
export function portTexts({ ports }: RuleItem): readonly string[] | 'all' | 'none' {
  if (ports.kind !== 'list') return ports.kind;
  return ports.ports.map((port) =>
    port.kind === 'named' ? `${port.protocol} ${port.name}` : `${port.protocol} ${port.first}-${port.last}`,
  );
}

export const problemTexts = (problems: readonly Problem[]): readonly string[] =>
  problems.map(({ path, message }) => `${path}: ${message}`);
