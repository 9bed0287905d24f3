import { type Item, itemKind } from '@weir/proto/item.ts';
import type { Tables } from '../compile/tables.ts';
import type { Prefix } from '../model/address.ts';
import type { Node, Pod } from '../model/endpoint.ts';
import type { EndpointSlice, Service } from '../model/service.ts';
import type { AddressOwners } from '../resolve/address-owners.ts';
import type { EndpointClaims } from '../resolve/endpoint-claims.ts';
import type { Matching } from '../resolve/matching.ts';
import type { NodeProfiles, ProfileChanges } from '../resolve/node-profiles.ts';
import type { PeerSelector, PeerSelectors } from '../resolve/peer-selectors.ts';
import type { LabelSet } from '../resolve/selector-index.ts';
import type { BundleChange } from './bundle-change.ts';
import { CommonPeers } from './common-peers.ts';
import {
  type EncodedTable,
  encodeEndpoint,
  encodeNodeIdentity,
  encodePrefix,
  observeItem,
} from './encode.ts';
import { IdentityLayers } from './identity-layers.ts';
import type { NodeBundle } from './node-bundle.ts';
import { NodeShare } from './node-share.ts';
import {
  changeOfPlace,
  type EndpointPlace,
  type PeerPlace,
  type PlaceChange,
  type PodPlace,
} from './pod-place.ts';
import { ServiceShares } from './service-shares.ts';
import { SharedLayer } from './shared-layer.ts';
import { TableShares } from './table-shares.ts';
import { Universe } from './universe.ts';

export interface BundlesOptions {
  readonly addresses: AddressOwners;
  readonly endpoints: EndpointClaims;
  readonly peers: Matching;
  readonly subjects: Matching;
  readonly tables: Tables<EncodedTable>;
  readonly peerSelectors: PeerSelectors;
  readonly profiles: NodeProfiles;
  /** Whether nothing is to be dropped on that node. */
  readonly isObserved: (node: string) => boolean;
}

/** The bundles of all nodes, from what the former stages say about pods, nodes and selectors. */
export class Bundles {
  readonly #options: BundlesOptions;
  readonly #universe = new Universe();
  readonly #identities = new IdentityLayers(this.#universe);
  readonly #tables: TableShares;
  readonly #common: CommonPeers;
  readonly #services = new ServiceShares(this.#universe);
  readonly #shares = new Map<string, NodeShare>();
  readonly #places = new Map<string, PodPlace>();
  /** Shares whose endpoints, or what these need, changed since the last flush. */
  readonly #dirty = new Set<NodeShare>();

  constructor(options: BundlesOptions) {
    this.#options = options;
    this.#tables = new TableShares({
      identities: this.#identities,
      peerSelectors: options.peerSelectors,
      commonPeers: () => this.#common.live(),
    });
    this.#common = new CommonPeers(this.#universe.common, this.#tables);
  }

  joined(selector: PeerSelector, identity: LabelSet): void {
    this.#tables.joined(selector, identity);
  }

  left(selector: PeerSelector, identity: LabelSet): void {
    this.#tables.left(selector, identity);
  }

  vanished(identity: LabelSet): void {
    this.#identities.vanish(identity);
  }

  /** To be told before the nodes that have them. */
  setProfiles({ born, gone }: Pick<ProfileChanges, 'born' | 'gone'>): void {
    for (const profile of gone) this.#common.removeProfile(profile);
    for (const profile of born) this.#common.addProfile(profile);
  }

  /** These addresses may belong to something else now, besides pods and nodes. */
  setOthers(addresses: Iterable<Prefix>): void {
    for (const address of addresses)
      this.#common.setAddress(address, this.#options.addresses.kindOf(address));
  }

  /** The service or its slices have changed; undefined: it is gone. */
  setService(key: string, service: Service | undefined, slices: Iterable<EndpointSlice>): void {
    for (const share of this.#services.setService(key, service, [...slices])) this.#dirty.add(share);
  }

  /** The node, its profile or its addresses have changed; undefined: it is gone. */
  setNode(name: string, node: Node | undefined): void {
    const share = this.#share(name);
    share.listed = node !== undefined;
    if (this.#options.isObserved(name)) share.own.set(observeItem);
    const addresses = node ? this.#options.addresses.ofNode(node) : [];
    const profile = this.#options.profiles.of(name);
    if (profile !== share.profile) this.#tables.setProfile(share, profile);
    const host = encodeNodeIdentity(profile, true);
    replacePrefixes(
      share.own,
      addresses.map((address) => encodePrefix(address, host.key)),
    );
    let remote = this.#universe.remoteNodes.get(name) ?? this.#universe.changedRemoteNodes.get(name);
    remote ??= new SharedLayer(false, []);
    if (node) this.#universe.remoteNodes.set(name, remote);
    else this.#universe.remoteNodes.delete(name);
    const remoteNode = encodeNodeIdentity(profile, false);
    replacePrefixes(
      remote,
      addresses.map((address) => encodePrefix(address, remoteNode.key)),
    );
    this.#universe.changedRemoteNodes.set(name, remote);
    this.#dirty.add(share);
  }

  /**
   * These pods, or what the other stages say about them, have changed; undefined: gone. Everything old goes before
   * anything new comes, since pods may exchange addresses; but layers are released last, so that what stays is never
   * dropped in between.
   */
  setPods(pods: ReadonlyMap<string, Pod | undefined>): void {
    const changes = [...pods].map(([key, pod]) => this.#movePod(key, pod));
    for (const { oldPeer, oldEndpoint } of changes) {
      if (oldPeer) this.#retractPeer(oldPeer);
      if (oldEndpoint) this.#share(oldEndpoint.node).own.delete(oldEndpoint.item.id);
    }
    for (const { newPeer, newEndpoint } of changes) {
      if (newPeer) this.#assertPeer(newPeer);
      if (newEndpoint) this.#holdEndpoint(newEndpoint);
    }
    for (const { oldEndpoint } of changes) if (oldEndpoint) this.#releaseEndpoint(oldEndpoint);
  }

  /** What has changed since the last call. */
  flush(): readonly BundleChange[] {
    this.#identities.dropVanished();
    this.#universe.sum();
    for (const layers of [this.#universe.changedIdentities, this.#tables.changed]) {
      for (const layer of layers) for (const share of layer.holders) this.#touch(share, layer);
    }
    const changes: BundleChange[] = [];
    for (const share of this.#affected()) {
      const change = share.takeChange(this.#universe);
      if (change) changes.push(change);
      if (share.unused) this.#shares.delete(share.node);
    }
    this.#dirty.clear();
    this.#universe.commit();
    this.#tables.commit();
    return changes;
  }

  bundle(node: string): NodeBundle | undefined {
    return this.#shares.get(node)?.bundle(this.#universe);
  }

  #touch(share: NodeShare, layer: SharedLayer): void {
    share.touch(layer);
    this.#dirty.add(share);
  }

  #affected(): Iterable<NodeShare> {
    if (this.#universe.everywhereChanged) return [...this.#shares.values()];
    if (this.#universe.servicesChanged) for (const share of this.#services.nodes) this.#dirty.add(share);
    if (this.#universe.changedIdentities.size > 0) {
      for (const share of this.#shares.values()) if (share.broad) this.#dirty.add(share);
    }
    return this.#dirty;
  }

  #movePod(key: string, pod: Pod | undefined): PlaceChange {
    const from = this.#places.get(key);
    const to = pod && this.#placeOf(key, pod);
    if (to) this.#places.set(key, to);
    else this.#places.delete(key);
    return changeOfPlace(from, to);
  }

  #placeOf(key: string, pod: Pod): PodPlace | undefined {
    const identity = this.#options.peers.labelSetOf(key);
    if (!identity) return undefined;
    const identityKey = this.#identities.keyOf(identity);
    const addresses = this.#options.addresses.ofPod(pod);
    const prefixes = addresses.map((address) => encodePrefix(address, identityKey));
    const group = this.#options.subjects.labelSetOf(key);
    if (!group || addresses.length === 0 || !this.#options.endpoints.isEndpoint(pod)) {
      return { identity, prefixes, endpoint: undefined };
    }
    const tables = this.#options.tables.of(group);
    const item = encodeEndpoint({
      pod,
      addresses,
      identity: identityKey,
      ingressTable: tables.ingress.table?.key,
      egressTable: tables.egress.table?.key,
    });
    return { identity, prefixes, endpoint: { node: pod.node, identity, tables, item } };
  }

  #retractPeer({ identity, prefixes }: PeerPlace): void {
    for (const prefix of prefixes) this.#identities.deletePrefix(identity, prefix);
  }

  #assertPeer({ identity, prefixes }: PeerPlace): void {
    for (const prefix of prefixes) this.#identities.setPrefix(identity, prefix);
  }

  #holdEndpoint({ node, identity, item, tables }: EndpointPlace): void {
    const share = this.#share(node);
    share.own.set(item);
    if (tables.egress.table) this.#services.hold(share);
    share.hold(this.#identities.layerOf(identity));
    for (const { table } of [tables.ingress, tables.egress]) if (table) this.#tables.hold(share, table);
    this.#dirty.add(share);
  }

  #releaseEndpoint({ node, identity, tables }: EndpointPlace): void {
    const share = this.#share(node);
    if (tables.egress.table) this.#services.release(share);
    share.release(this.#identities.layerOf(identity));
    for (const { table } of [tables.ingress, tables.egress]) if (table) this.#tables.release(share, table);
    this.#dirty.add(share);
  }

  #share(node: string): NodeShare {
    let share = this.#shares.get(node);
    if (!share) {
      share = new NodeShare(node);
      this.#shares.set(node, share);
    }
    return share;
  }
}

/** The layer's prefixes become these. */
function replacePrefixes(layer: SharedLayer | NodeShare['own'], prefixes: readonly Item[]): void {
  const ids = new Set(prefixes.map(({ id }) => id));
  for (const item of [...layer.items()]) {
    if (item.kind === itemKind.prefix && !ids.has(item.id)) layer.delete(item.id);
  }
  for (const prefix of prefixes) layer.set(prefix);
}
