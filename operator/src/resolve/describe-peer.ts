import { portNameOfKey } from './label-keys.ts';
import type { NodeSelector, PeerContent } from './peer-content.ts';
import type { PodRequirement, PodSelector } from './pod-selector.ts';
import { kindsLabelled, type ReservedKind } from './reserved-match.ts';

/** A peer content as one line for people. */
export function describePeer(peer: PeerContent): string {
  const parts: string[] = [];
  if (peer.any) parts.push('all');
  parts.push(...describeReserved(peer.reserved));
  if (peer.world) parts.push('world');
  for (const pods of peer.pods) parts.push(`pods ${describeSelector(pods)}`);
  for (const nodes of peer.nodes) parts.push(describeNodes(nodes));
  const where = scopeText(peer);
  for (const { block, except } of peer.blocks) {
    const holes = except.map(({ text }) => ` except ${text}`);
    parts.push(`${block.text}${holes.join('')}${where}`);
  }
  return parts.join(' | ');
}

const reservedNames = [
  'host',
  'remote-node',
  'kube-apiserver',
  'health',
  'ingress',
  'init',
  'unmanaged',
] as const;

/** By the labels whose kinds are all among them; what is left by itself. */
function describeReserved(kinds: readonly ReservedKind[]): readonly string[] {
  const left = new Set(kinds);
  const names = reservedNames.filter((name) => {
    const labelled = kindsLabelled(name);
    if (!labelled.every((kind) => kinds.includes(kind))) return false;
    for (const kind of labelled) left.delete(kind);
    return true;
  });
  return [...names, ...left];
}

const describeNodes = ({ selector, includeLocal }: NodeSelector): string =>
  `${includeLocal ? 'nodes' : 'other nodes'} ${describeSelector(selector)}`;

function scopeText({ scope }: PeerContent): string {
  if (scope.pods && scope.nodes) return ' anywhere';
  if (scope.pods) return ' of world and pods';
  return scope.nodes ? ' of world and nodes' : '';
}

const describeSelector = ({ requirements }: PodSelector): string =>
  requirements.length === 0 ? 'all' : requirements.map(describeRequirement).join(', ');

function describeRequirement({ key, operator, values }: PodRequirement): string {
  const name = portNameOfKey(key);
  if (name !== undefined) return `port ${name.slice(1)}=${key.slice(name.length + 1)}`;
  switch (operator) {
    case 'In':
      return values.length === 1 ? `${key}=${values[0]}` : `${key} in (${values.join(', ')})`;
    case 'NotIn':
      return `${key} not in (${values.join(', ')})`;
    case 'Exists':
      return key;
    case 'DoesNotExist':
      return `!${key}`;
  }
}
