import type { BlockScope, Peer, TieredRule } from '../../model/policy.ts';
import { decodeBlock } from './decode-cidr.ts';
import { selectPods, selectPodsOfNamespaces } from './decode-namespaced-pods.ts';
import { decodeSelector } from './decode-selector.ts';
import { decodeTieredPorts } from './decode-tiered-ports.ts';
import { describe, type Field } from './field.ts';
import { type Scope, selectorOf } from './scope-selector.ts';
import { nodeKey } from './selector-keys.ts';

export interface TieredContext {
  readonly direction: 'ingress' | 'egress';
  readonly scope: Scope;
  readonly blocks: BlockScope;
}

const actions = { Accept: 'accept', Deny: 'deny', Pass: 'pass' } as const;
const longestName = 100;
const mostPeers = 25;
const mostNetworks = 25;

/** One entry of ingress or egress of a ClusterNetworkPolicy. */
export function decodeTieredRule(field: Field, context: TieredContext): TieredRule | undefined {
  const list = context.direction === 'ingress' ? 'from' : 'to';
  if (!field.object()) return undefined;
  field.object({ known: ['name', 'action', list, 'protocols'] });
  checkName(field.get('name'));
  const action = decodeAction(field.get('action'));
  const peers = decodePeers(field.get(list), context);
  const ports = decodeTieredPorts(field.get('protocols'));
  refuseNames(field, list);
  if (action === undefined) return undefined;
  const { path } = field;
  if (!peers.includes('unknown')) {
    const known = peers.filter((peer) => peer !== 'unknown').flat();
    return { path, action, peers: { kind: 'list', peers: known }, ports };
  }
  // Fails closed, as the API wants it: what may be meant is neither accepted nor passed on.
  return action === 'accept'
    ? { path, action, peers: { kind: 'none' }, ports }
    : { path, action: 'deny', peers: { kind: 'any' }, ports: { kind: 'all' } };
}

function checkName(field: Field): void {
  const name = field.present ? field.string() : '';
  if (name !== undefined && [...name].length > longestName)
    field.refuse(`must have at most ${longestName} characters`);
}

function decodeAction(field: Field): TieredRule['action'] | undefined {
  const { value } = field;
  if (value === 'Accept' || value === 'Deny' || value === 'Pass') return actions[value];
  return field.refuse(`must be one of ${Object.keys(actions).join(', ')}, is ${describe(value)}`);
}

function decodePeers(field: Field, context: TieredContext): readonly (readonly Peer[] | 'unknown')[] {
  const items = field.items();
  if (items.length === 0) field.refuse('must have at least one peer');
  if (items.length > mostPeers) field.refuse(`has ${items.length} peers; at most ${mostPeers} are allowed`);
  return items.map((item) => decodePeer(item, context));
}

/** `unknown`: a kind of peer that came after this version of the API. */
function decodePeer(field: Field, { direction, scope, blocks }: TieredContext): readonly Peer[] | 'unknown' {
  if (!field.object()) return [];
  const names = Object.keys(Object(field.value)).filter((name) => field.get(name).present);
  const [name, ...more] = names;
  if (more.length > 0) {
    field.refuse(`must have one kind of peer, has ${names.join(' and ')}`);
    return [];
  }
  const of = field.get(name ?? '');
  switch (direction === 'ingress' && name !== 'namespaces' && name !== 'pods' ? undefined : name) {
    case 'namespaces':
      return endpoints(selectPodsOfNamespaces(of, scope));
    case 'pods':
      return endpoints(selectPods(of, scope));
    case 'nodes':
      return decodeNodes(of);
    case 'networks':
      return decodeNetworks(of, blocks);
    case 'domainNames':
      of.refuse('domainNames is not supported by this version of Weir');
      return [];
    default:
      return 'unknown';
  }
}

const endpoints = (selector: ReturnType<typeof selectPods>): readonly Peer[] =>
  selector === undefined ? [] : [{ kind: 'endpoints', selector }];

function decodeNodes(field: Field): readonly Peer[] {
  const requirements = decodeSelector(field, nodeKey);
  return requirements === undefined
    ? []
    : [{ kind: 'nodes', selector: selectorOf(requirements), includeLocal: true }];
}

function decodeNetworks(field: Field, scope: BlockScope): readonly Peer[] {
  const items = field.items();
  if (items.length === 0) field.refuse('must have at least one network');
  if (items.length > mostNetworks)
    field.refuse(`has ${items.length} networks; at most ${mostNetworks} are allowed`);
  const texts = items.map(({ value }) => value);
  if (new Set(texts).size < texts.length) field.refuse('has one network twice');
  return items
    .map((item) => decodeBlock(item))
    .filter((block) => block !== undefined)
    .map((block) => ({ kind: 'cidr', block, except: [], scope }));
}

/** Nodes and networks have no named ports. */
function refuseNames(field: Field, list: 'from' | 'to'): void {
  const nameless = field
    .get(list)
    .items()
    .some((peer) => peer.get('networks').present || peer.get('nodes').present);
  if (!nameless) return;
  for (const protocol of field.get('protocols').items()) {
    const name = protocol.get('destinationNamedPort');
    if (name.present) name.refuse('must not be beside networks or nodes, which have no named ports');
  }
}
