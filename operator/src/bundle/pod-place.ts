import { equalDigest } from '@weir/proto/digest.ts';
import type { Item } from '@weir/proto/item.ts';
import type { EndpointTables } from '../compile/tables.ts';
import type { LabelSet } from '../resolve/selector-index.ts';
import type { EncodedTable } from './encode.ts';

/** What a pod adds to bundles. */
export interface PodPlace extends PeerPlace {
  /** Undefined: it is no endpoint. */
  readonly endpoint: EndpointPlace | undefined;
}

/** The pod as a peer, for all nodes that know its identity. */
export interface PeerPlace {
  readonly identity: LabelSet;
  /** Its addresses. */
  readonly prefixes: readonly Item[];
}

/** The pod as one that is governed, for its own node. */
export interface EndpointPlace {
  readonly node: string;
  readonly identity: LabelSet;
  readonly tables: EndpointTables<EncodedTable>;
  readonly item: Item;
}

/** Parts of a place to take away and to put up; where a part stays as it is, neither. */
export interface PlaceChange {
  readonly oldPeer: PeerPlace | undefined;
  readonly newPeer: PeerPlace | undefined;
  readonly oldEndpoint: EndpointPlace | undefined;
  readonly newEndpoint: EndpointPlace | undefined;
}

export function changeOfPlace(from: PodPlace | undefined, to: PodPlace | undefined): PlaceChange {
  const samePeer = equalPeers(from, to);
  const sameEndpoint = equalEndpoints(from?.endpoint, to?.endpoint);
  return {
    oldPeer: samePeer ? undefined : from,
    newPeer: samePeer ? undefined : to,
    oldEndpoint: sameEndpoint ? undefined : from?.endpoint,
    newEndpoint: sameEndpoint ? undefined : to?.endpoint,
  };
}

function equalPeers(a: PeerPlace | undefined, b: PeerPlace | undefined): boolean {
  if (!a || !b) return a === b;
  if (a.identity !== b.identity || a.prefixes.length !== b.prefixes.length) return false;
  return a.prefixes.every((prefix, index) => {
    const other = b.prefixes[index];
    return other !== undefined && equalDigest(prefix.digest, other.digest);
  });
}

function equalEndpoints(a: EndpointPlace | undefined, b: EndpointPlace | undefined): boolean {
  if (!a || !b) return a === b;
  return (
    a.node === b.node &&
    a.identity === b.identity &&
    a.tables.ingress === b.tables.ingress &&
    a.tables.egress === b.tables.egress &&
    equalDigest(a.item.digest, b.item.digest)
  );
}
