import { weir } from '@weir/proto/bundle.js';
import { encodeItem, encodeKeyed, type Item, itemKind } from '@weir/proto/item.ts';
import type { TableContent, TableVerdict } from '../compile/table-content.ts';
import type { Prefix } from '../model/address.ts';
import type { Pod } from '../model/endpoint.ts';
import type { OtherKind } from '../resolve/address-owners.ts';
import { type ContentKey, contentKey, keyBytes } from '../resolve/content-key.ts';
import { describePeer } from '../resolve/describe-peer.ts';
import { portNameOfKey } from '../resolve/label-keys.ts';
import type { LabelLookup } from '../resolve/label-list.ts';
import type { NodeProfile } from '../resolve/node-profiles.ts';
import type { PeerContent } from '../resolve/peer-content.ts';
import { endpointUid } from '../resolve/pod-role.ts';

const v1 = weir.bundle.v1;

/** An identity's key and its item. */
export interface EncodedIdentity {
  readonly key: ContentKey;
  readonly item: Item;
}

/** `text` names the labels canonically. */
export function encodePodIdentity(text: string, labels: LabelLookup): EncodedIdentity {
  const shown = [...labels].map(([key, value]) => shownLabel(key, value)).sort();
  return encodeIdentity(`pod ${text}`, v1.Entity.ENTITY_POD, shown);
}

const nodeIdentities = { host: new WeakMap(), remote: new WeakMap() } as const satisfies Readonly<
  Record<string, WeakMap<NodeProfile, EncodedIdentity>>
>;

/** A node, seen from its own endpoints (`isLocal`) or from those of other nodes. */
export function encodeNodeIdentity(profile: NodeProfile, isLocal: boolean): EncodedIdentity {
  const known: WeakMap<NodeProfile, EncodedIdentity> = nodeIdentities[isLocal ? 'host' : 'remote'];
  let identity = known.get(profile);
  if (!identity) {
    identity = nodeIdentity(profile, isLocal);
    known.set(profile, identity);
  }
  return identity;
}

function nodeIdentity(profile: NodeProfile, isLocal: boolean): EncodedIdentity {
  const { text, servesApi, labels } = profile;
  const name = isLocal ? 'host' : 'remote-node';
  const entity = isLocal ? v1.Entity.ENTITY_HOST : v1.Entity.ENTITY_REMOTE_NODE;
  const shown = [...labels].map(([key, value]) => `node:${key}=${value}`);
  if (servesApi) shown.push('reserved:kube-apiserver');
  return encodeIdentity(text === '' ? name : `${name} ${text}`, entity, shown.sort());
}

const otherEntities = {
  'apiserver-ipv4': v1.Entity.ENTITY_KUBE_APISERVER,
  'apiserver-ipv6': v1.Entity.ENTITY_KUBE_APISERVER,
  health: v1.Entity.ENTITY_HEALTH,
  ingress: v1.Entity.ENTITY_INGRESS,
  init: v1.Entity.ENTITY_INIT,
  unmanaged: v1.Entity.ENTITY_UNMANAGED,
} as const satisfies Readonly<Record<OtherKind, weir.bundle.v1.Entity>>;

export const encodeOtherIdentity = (kind: OtherKind): EncodedIdentity =>
  encodeIdentity(kind, otherEntities[kind], []);

/** Of a bundle that is only observed. */
export const observeItem: Item = encodeItem({ kind: itemKind.mode, message: { observe: true } });

function encodeIdentity(
  content: string,
  entity: weir.bundle.v1.Entity,
  labels: readonly string[],
): EncodedIdentity {
  const key = contentKey(content);
  const bytes = keyBytes(key);
  const [a = 0, b = 0, c = 0, d = 0] = bytes;
  const number = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0 || 1;
  const item = encodeItem({
    kind: itemKind.identity,
    message: { key: bytes, number, entity, labels: [...labels] },
  });
  return { key, item };
}

/** Pseudo-labels for port names read "gen:port.TCP.http=8080". */
function shownLabel(key: string, value: string): string {
  const name = portNameOfKey(key);
  if (name === undefined) return `k8s:${key}=${value}`;
  return `gen:port.${name.slice(1).replace('/', '.')}=${key.slice(name.length + 1)}`;
}

export const encodePrefix = ({ address, length }: Prefix, identity: ContentKey): Item =>
  encodeItem({ kind: itemKind.prefix, message: { address, length, identity: keyBytes(identity) } });

export const encodeMembership = (selector: ContentKey, identity: ContentKey): Item =>
  encodeItem({
    kind: itemKind.membership,
    message: { selector: keyBytes(selector), identity: keyBytes(identity) },
  });

export function encodeSelector(peer: PeerContent): Item {
  const { any, world, scope } = peer;
  const key = keyBytes(peer.key);
  const blocks = peer.blocks.map(({ block, except }) => ({
    address: block.address,
    length: block.length,
    excepts: except.map(({ address, length }) => ({ address, length })),
  }));
  const message = {
    key,
    any,
    world,
    blocks,
    blocksMatchPods: scope.pods,
    blocksMatchNodes: scope.nodes,
    text: shortened(describePeer(peer)),
  };
  return encodeItem({ kind: itemKind.selector, message });
}

/** Agents take no longer texts. */
const longestText = 1000;

const shortened = (text: string): string =>
  text.length <= longestText ? text : `${text.slice(0, longestText - 1)}…`;

export interface EncodedTable {
  readonly key: ContentKey;
  readonly item: Item;
  /** What its entries name. */
  readonly peers: readonly PeerContent[];
}

const wireVerdicts: Readonly<Record<TableVerdict, weir.bundle.v1.Verdict>> = {
  allow: v1.Verdict.VERDICT_ALLOW,
  deny: v1.Verdict.VERDICT_DENY,
  'default-deny': v1.Verdict.VERDICT_DEFAULT_DENY,
  pass: v1.Verdict.VERDICT_PASS,
};

export function encodeTable(table: TableContent): EncodedTable {
  const message = {
    direction: table.direction === 'ingress' ? v1.Direction.DIRECTION_INGRESS : v1.Direction.DIRECTION_EGRESS,
    entries: table.entries.map(({ peer, protocol, firstPort, lastPort, outcome, tier }) => ({
      selector: peer === undefined ? 0 : peer + 1,
      protocol,
      firstPort,
      lastPort,
      outcome,
      tier,
    })),
    defaultOutcome: table.defaultOutcome,
    outcomes: table.outcomes.map(({ cookie, verdict, origins, log }) => ({
      cookie,
      verdict: wireVerdicts[verdict],
      origins: origins.map(({ kind, namespace, name, rule }) => ({ kind, namespace, name, rule })),
      log,
    })),
    selectors: table.peers.map(({ key }) => keyBytes(key)),
  };
  const content = v1.Table.encode(message).finish();
  const key = contentKey(content);
  const item = encodeKeyed(itemKind.table, keyBytes(key), content);
  return { key, item, peers: table.peers };
}

/** What an endpoint item says. */
export interface EndpointFacts {
  readonly pod: Pod;
  /** Those that it holds, in canonical order. */
  readonly addresses: readonly Prefix[];
  readonly identity: ContentKey;
  readonly ingressTable: ContentKey | undefined;
  readonly egressTable: ContentKey | undefined;
}

export function encodeEndpoint({ pod, addresses, identity, ingressTable, egressTable }: EndpointFacts): Item {
  const { namespace, name } = pod;
  const message = {
    uid: endpointUid(pod),
    namespace,
    name,
    addresses: addresses.map(({ address }) => address),
    identity: keyBytes(identity),
    ingressTable: keyBytes(ingressTable ?? ''),
    egressTable: keyBytes(egressTable ?? ''),
  };
  return encodeItem({ kind: itemKind.endpoint, message });
}
