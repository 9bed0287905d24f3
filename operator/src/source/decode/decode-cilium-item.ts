import type { BlockScope, Peer, Peers, Ports, RuleItem } from '../../model/policy.ts';
import { decodeCidr, decodeCidrSet } from './decode-cidr.ts';
import { decodeCiliumPorts } from './decode-cilium-ports.ts';
import { decodeEntity } from './decode-entities.ts';
import { decodeIcmps } from './decode-icmps.ts';
import { decodeNodes } from './decode-nodes.ts';
import { decodeSelector } from './decode-selector.ts';
import { decodeServices } from './decode-services.ts';
import type { Field, FieldNames } from './field.ts';
import { type Scope, scopeCiliumPeer } from './scope-selector.ts';
import { ciliumKey } from './selector-keys.ts';

export type Direction = 'ingress' | 'egress';

/** Where an item is, and what its fields mean there. */
export interface ItemContext {
  readonly direction: Direction;
  readonly deny: boolean;
  readonly scope: Scope;
  readonly blocks: BlockScope;
  /** The cluster that nodes are of. */
  readonly clusterName: string;
  readonly nodeSelectors: boolean;
  readonly extendedProtocols: boolean;
}

type DecodePeer = (field: Field, context: ItemContext) => Peer | undefined;

interface PeerField {
  readonly name: string;
  /** Undefined: valid in the language, but not supported. */
  readonly decode: DecodePeer | undefined;
  /** An empty list selects nobody, whatever is beside it; of other fields it is as good as absent beside another. */
  readonly emptyVoids: boolean;
}

const decodeEndpoints: DecodePeer = (field, { scope }) => {
  const requirements = decodeSelector(field, ciliumKey);
  return requirements && { kind: 'endpoints', selector: scopeCiliumPeer(requirements, scope) };
};

const voiding = (prefix: 'from' | 'to'): readonly PeerField[] => [
  { name: `${prefix}Endpoints`, decode: decodeEndpoints, emptyVoids: true },
  { name: `${prefix}CIDR`, decode: (field, { blocks }) => decodeCidr(field, blocks), emptyVoids: true },
  { name: `${prefix}CIDRSet`, decode: (field, { blocks }) => decodeCidrSet(field, blocks), emptyVoids: true },
  { name: `${prefix}Entities`, decode: decodeEntity, emptyVoids: true },
  { name: `${prefix}Nodes`, decode: decodeNodes, emptyVoids: true },
  { name: `${prefix}Groups`, decode: undefined, emptyVoids: false },
];

const peerFields: Record<Direction, readonly PeerField[]> = {
  ingress: voiding('from'),
  egress: [
    ...voiding('to'),
    { name: 'toServices', decode: decodeServices, emptyVoids: false },
    { name: 'toFQDNs', decode: undefined, emptyVoids: false },
  ],
};

const removed: Record<Direction, string> = { ingress: 'fromRequires', egress: 'toRequires' };
const allowOnly: Record<Direction, readonly string[]> = {
  ingress: ['authentication'],
  egress: ['authentication', 'toServices', 'toFQDNs'],
};

function fieldNames({ direction, deny }: ItemContext): FieldNames {
  const peers = peerFields[direction].map(({ name }) => name);
  const known = [...peers, 'toPorts', 'icmps'];
  if (!deny) return { known, judged: [removed[direction]], unsupported: ['authentication'] };
  const judged = [removed[direction], ...allowOnly[direction]];
  return { known: known.filter((name) => !judged.includes(name)), judged };
}

/** One entry of ingress, ingressDeny, egress or egressDeny. */
export function decodeCiliumItem(field: Field, context: ItemContext): RuleItem | undefined {
  if (!field.object()) return undefined;
  field.object(fieldNames(context));
  if (context.deny) refuseInDeny(field, allowOnly[context.direction]);
  const requires = field.get(removed[context.direction]);
  if (requires.items().length > 0)
    requires.refuse('is no longer in the language (Cilium 1.19); write its labels into each peer');
  const ports = decodePorts(field, context);
  const peers = decodePeers(field, context);
  // An item without peers and ports only switches on default deny: it selects nobody.
  const empty = peers.kind === 'any' && ports.kind === 'all';
  return { path: field.path, peers: empty ? { kind: 'none' } : peers, ports };
}

function refuseInDeny(field: Field, names: readonly string[]): void {
  for (const name of names)
    if (field.get(name).present) field.get(name).refuse(`${name} can't be in a deny rule`);
}

function decodePorts(field: Field, context: ItemContext): Ports {
  const [toPorts, icmps] = [field.get('toPorts'), field.get('icmps')];
  const ports = decodeCiliumPorts(toPorts, context);
  const types = decodeIcmps(icmps);
  if (ports.kind === 'all') return types;
  if (types.kind !== 'all')
    icmps.refuse('is beside toPorts; write an item of its own for each, since one item has one of them');
  return ports;
}

function decodePeers(field: Field, context: ItemContext): Peers {
  const lists = peerFields[context.direction]
    .map((of) => ({ ...of, list: field.get(of.name) }))
    .filter(
      ({ name, list }) => list.present && !(context.deny && allowOnly[context.direction].includes(name)),
    )
    .map((of) => ({ ...of, peers: decodeList(of, of.list, context) }));
  const filled = lists.filter(({ peers }) => peers.length > 0);
  if (filled.length > 1)
    field.refuse(
      `combines ${filled.map(({ name }) => name).join(' and ')}; write one item for each, since one item has one kind of peer`,
    );
  if (lists.length === 0) return { kind: 'any' };
  // One empty list selects nobody, whatever is beside it.
  const voided = lists.some(({ peers, emptyVoids }) => peers.length === 0 && emptyVoids);
  if (voided || filled.length === 0) return { kind: 'none' };
  return {
    kind: 'list',
    peers: filled.flatMap(({ peers }) => peers).filter((peer) => peer !== undefined),
  };
}

function decodeList(
  { name, decode }: PeerField,
  list: Field,
  context: ItemContext,
): readonly (Peer | undefined)[] {
  const items = list.items();
  if (decode !== undefined) return items.map((item) => decode(item, context));
  if (items.length > 0) list.refuse(`${name} is not supported by this version of Weir`);
  return items.map(() => undefined);
}
