import type { Prefix } from '../model/address.ts';
import type { OtherKind } from '../resolve/address-owners.ts';
import type { ContentKey } from '../resolve/content-key.ts';
import { type NodeProfile, plainProfile, selectsNode } from '../resolve/node-profiles.ts';
import type { PeerContent } from '../resolve/peer-content.ts';
import { type EncodedIdentity, encodeNodeIdentity, encodeOtherIdentity, encodePrefix } from './encode.ts';
import type { ItemLayer } from './item-layer.ts';

/** A peer that every node is told of: some of its remote nodes, or what is neither a pod nor a node. */
export interface CommonPeer {
  readonly identity: EncodedIdentity;
  readonly selectedBy: (content: PeerContent) => boolean;
}

export const remoteNodePeer = (profile: NodeProfile): CommonPeer => ({
  identity: encodeNodeIdentity(profile, false),
  selectedBy: (content) => selectsNode(content, profile, false),
});

export const otherPeer = (kind: OtherKind): CommonPeer => ({
  identity: encodeOtherIdentity(kind),
  selectedBy: ({ reserved }) => reserved.includes(kind),
});

export interface CommonPeersListener {
  appeared(peer: CommonPeer): void;
  disappeared(peer: CommonPeer): void;
}

interface OtherAddress {
  readonly kind: OtherKind;
  readonly prefixId: string;
}

/** Keeps the layer that all nodes have in common. */
export class CommonPeers {
  readonly #layer: ItemLayer;
  readonly #listener: CommonPeersListener;
  readonly #live = new Map<ContentKey, CommonPeer>();
  readonly #others = new Map<string, OtherAddress>();
  readonly #counts = new Map<OtherKind, number>();

  constructor(layer: ItemLayer, listener: CommonPeersListener) {
    this.#layer = layer;
    this.#listener = listener;
    this.addProfile(plainProfile);
  }

  live(): Iterable<CommonPeer> {
    return this.#live.values();
  }

  /** Some node has it now. */
  addProfile(profile: NodeProfile): void {
    this.#appear(remoteNodePeer(profile));
  }

  /** No node has it any more. */
  removeProfile(profile: NodeProfile): void {
    this.#disappear(remoteNodePeer(profile));
  }

  /** What an address is; undefined: a pod's, a node's or just of the world. */
  setAddress(address: Prefix, kind: OtherKind | undefined): void {
    const former = this.#others.get(address.text);
    if (former?.kind === kind) return;
    if (former) {
      this.#layer.delete(former.prefixId);
      this.#others.delete(address.text);
      this.#count(former.kind, -1);
    }
    if (kind === undefined) return;
    this.#count(kind, 1);
    const prefix = encodePrefix(address, encodeOtherIdentity(kind).key);
    this.#layer.set(prefix);
    this.#others.set(address.text, { kind, prefixId: prefix.id });
  }

  #count(kind: OtherKind, change: 1 | -1): void {
    const count = (this.#counts.get(kind) ?? 0) + change;
    this.#counts.set(kind, count);
    if (count === 0) this.#disappear(otherPeer(kind));
    else if (count === 1 && change === 1) this.#appear(otherPeer(kind));
  }

  #appear(peer: CommonPeer): void {
    this.#live.set(peer.identity.key, peer);
    this.#layer.set(peer.identity.item);
    this.#listener.appeared(peer);
  }

  #disappear({ identity }: CommonPeer): void {
    const peer = this.#live.get(identity.key);
    if (!peer) return;
    this.#live.delete(identity.key);
    this.#layer.delete(identity.item.id);
    this.#listener.disappeared(peer);
  }
}
