import { portNameOfKey } from './label-keys.ts';
import type { PeerContent } from './peer-content.ts';
import type { PodRequirement, PodSelector } from './pod-selector.ts';

/** A peer content as one line for people. */
export function describePeer(peer: PeerContent): string {
  const parts: string[] = [];
  if (peer.any) parts.push('all');
  if (peer.host) parts.push('host');
  if (peer.remoteNode) parts.push('remote-node');
  if (peer.world) parts.push('world');
  for (const pods of peer.pods) parts.push(`pods ${describePods(pods)}`);
  for (const { block, except } of peer.blocks) {
    const holes = except.map(({ text }) => ` except ${text}`);
    parts.push(`${block.text}${holes.join('')}`);
  }
  return parts.join(' | ');
}

const describePods = ({ requirements }: PodSelector): string =>
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
