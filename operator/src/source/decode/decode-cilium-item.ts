import type { Peer, Peers, RuleItem } from '../../model/policy.ts';
import { decodeCidr, decodeCidrSet } from './decode-cidr.ts';
import { decodeCiliumPorts } from './decode-cilium-ports.ts';
import { decodeEntity } from './decode-entities.ts';
import { decodeSelector } from './decode-selector.ts';
import type { Field, FieldNames } from './field.ts';
import { type Scope, scopeCiliumPeer } from './scope-selector.ts';
import { ciliumKey } from './selector-keys.ts';

export type Direction = 'ingress' | 'egress';

type DecodePeer = (field: Field, scope: Scope) => Peer | undefined;

const decodeEndpoints: DecodePeer = (field, scope) => {
  const requirements = decodeSelector(field, ciliumKey);
  return requirements && { kind: 'endpoints', selector: scopeCiliumPeer(requirements, scope) };
};

const peerFields: Record<Direction, Readonly<Record<string, DecodePeer>>> = {
  ingress: {
    fromEndpoints: decodeEndpoints,
    fromCIDR: decodeCidr,
    fromCIDRSet: decodeCidrSet,
    fromEntities: decodeEntity,
  },
  egress: {
    toEndpoints: decodeEndpoints,
    toCIDR: decodeCidr,
    toCIDRSet: decodeCidrSet,
    toEntities: decodeEntity,
  },
};

const fields: Record<Direction, FieldNames> = {
  ingress: {
    known: [...Object.keys(peerFields.ingress), 'toPorts'],
    unsupported: ['fromNodes', 'fromGroups', 'fromRequires', 'icmps', 'authentication'],
  },
  egress: {
    known: [...Object.keys(peerFields.egress), 'toPorts'],
    unsupported: ['toNodes', 'toGroups', 'toServices', 'toFQDNs', 'toRequires', 'icmps', 'authentication'],
  },
};

/** One entry of ingress, ingressDeny, egress or egressDeny. */
export function decodeCiliumItem(field: Field, direction: Direction, scope: Scope): RuleItem | undefined {
  if (!field.object()) return undefined;
  field.object(fields[direction]);
  const ports = decodeCiliumPorts(field.get('toPorts'));
  const peers = decodePeers(field, direction, scope);
  // An item without peers and ports only switches on default deny: it selects nobody.
  const empty = peers.kind === 'any' && ports.kind === 'all';
  return { path: field.path, peers: empty ? { kind: 'none' } : peers, ports };
}

function decodePeers(field: Field, direction: Direction, scope: Scope): Peers {
  const lists = Object.entries(peerFields[direction])
    .map(([name, decode]) => ({ name, list: field.get(name), decode }))
    .filter(({ list }) => list.present)
    .map(({ name, list, decode }) => {
      const items = list.items();
      return { name, peers: items.map((item) => decode(item, scope)) };
    });
  const filled = lists.filter(({ peers }) => peers.length > 0);
  if (filled.length > 1)
    field.refuse(
      `combines ${filled.map(({ name }) => name).join(' and ')}; write one item for each, since one item has one kind of peer`,
    );
  if (lists.length === 0) return { kind: 'any' };
  // One empty list selects nobody, whatever is beside it.
  if (filled.length < lists.length) return { kind: 'none' };
  return {
    kind: 'list',
    peers: filled.flatMap(({ peers }) => peers).filter((peer) => peer !== undefined),
  };
}
