import type { ContentKey } from '../resolve/content-key.ts';
import { type NodeProfile, selectsNode } from '../resolve/node-profiles.ts';
import type { PeerSelector, PeerSelectors } from '../resolve/peer-selectors.ts';
import type { LabelSet } from '../resolve/selector-index.ts';
import type { CommonPeer } from './common-peers.ts';
import { type EncodedTable, encodeMembership, encodeNodeIdentity, encodeSelector } from './encode.ts';
import type { IdentityLayers } from './identity-layers.ts';
import type { NodeShare } from './node-share.ts';
import { SharedLayer } from './shared-layer.ts';

interface SelectorShare {
  readonly selector: PeerSelector;
  readonly layer: SharedLayer;
}

interface TableShare {
  readonly id: string;
  readonly layer: SharedLayer;
  readonly selectors: readonly SelectorShare[];
}

export interface TableSharesOptions {
  readonly identities: IdentityLayers;
  readonly peerSelectors: PeerSelectors;
  readonly commonPeers: () => Iterable<CommonPeer>;
}

/** The tables that nodes hold, and with them the selectors that their entries name and these selectors' members. */
export class TableShares {
  readonly #identities: IdentityLayers;
  readonly #peerSelectors: PeerSelectors;
  readonly #commonPeers: () => Iterable<CommonPeer>;
  readonly #held = new Map<NodeShare, Set<SelectorShare>>();
  readonly #tables = new Map<string, TableShare>();
  readonly #selectors = new Map<PeerSelector, SelectorShare>();
  readonly #changed = new Set<SharedLayer>();
  readonly #released = new Set<TableShare | SelectorShare>();

  constructor({ identities, peerSelectors, commonPeers }: TableSharesOptions) {
    this.#identities = identities;
    this.#peerSelectors = peerSelectors;
    this.#commonPeers = commonPeers;
  }

  /** Selector layers that say something else since the last commit. */
  get changed(): ReadonlySet<SharedLayer> {
    return this.#changed;
  }

  hold(node: NodeShare, table: EncodedTable): void {
    const share = this.#share(table);
    if (!node.hold(share.layer)) return;
    for (const selector of share.selectors) this.#holdSelector(node, selector);
  }

  release(node: NodeShare, table: EncodedTable): void {
    const share = this.#tables.get(table.item.id);
    if (!share || !node.release(share.layer)) return;
    this.#released.add(share);
    for (const selector of share.selectors) this.#releaseSelector(node, selector);
  }

  joined(selector: PeerSelector, identity: LabelSet): void {
    const share = this.#selectors.get(selector);
    if (!share) return;
    share.layer.set(this.#membership(selector, identity));
    this.#changed.add(share.layer);
    if (selector.content.broad) return;
    const layer = this.#identities.layerOf(identity);
    for (const node of share.layer.holders) node.hold(layer);
  }

  left(selector: PeerSelector, identity: LabelSet): void {
    const share = this.#selectors.get(selector);
    if (!share) return;
    share.layer.delete(this.#membership(selector, identity).id);
    this.#changed.add(share.layer);
    if (selector.content.broad) return;
    const layer = this.#identities.layerOf(identity);
    for (const node of share.layer.holders) node.release(layer);
  }

  appeared(peer: CommonPeer): void {
    for (const { selector, layer } of this.#selectors.values()) {
      if (!peer.selectedBy(selector.content)) continue;
      layer.set(encodeMembership(selector.content.key, peer.identity.key));
      this.#changed.add(layer);
    }
  }

  disappeared(peer: CommonPeer): void {
    for (const { selector, layer } of this.#selectors.values()) {
      const { id } = encodeMembership(selector.content.key, peer.identity.key);
      if (layer.delete(id)) this.#changed.add(layer);
    }
  }

  /** What selectors see of the node itself. */
  setProfile(node: NodeShare, profile: NodeProfile): void {
    const selectors = this.#held.get(node) ?? [];
    for (const selector of selectors) leaveHost(node, selector);
    node.profile = profile;
    for (const selector of selectors) joinHost(node, selector);
  }

  /** Forgets what changed, and what no node holds. */
  commit(): void {
    for (const layer of this.#changed) layer.commit();
    this.#changed.clear();
    for (const share of this.#released) {
      if (share.layer.holders.size > 0) continue;
      if ('selector' in share) this.#selectors.delete(share.selector);
      else this.#tables.delete(share.id);
    }
    this.#released.clear();
  }

  /** A broad selector makes its node need every identity: no use in counting its members. */
  #holdSelector(node: NodeShare, share: SelectorShare): void {
    const { selector, layer } = share;
    if (!node.hold(layer)) return;
    joinHost(node, share);
    const held = this.#held.get(node);
    if (held) held.add(share);
    else this.#held.set(node, new Set([share]));
    if (selector.content.broad) node.addBroadReason();
    else for (const identity of selector.members()) node.hold(this.#identities.layerOf(identity));
  }

  #releaseSelector(node: NodeShare, share: SelectorShare): void {
    const { selector, layer } = share;
    if (!node.release(layer)) return;
    leaveHost(node, share);
    const held = this.#held.get(node);
    if (held?.delete(share) && held.size === 0) this.#held.delete(node);
    this.#released.add(share);
    if (selector.content.broad) node.removeBroadReason();
    else for (const identity of selector.members()) node.release(this.#identities.layerOf(identity));
  }

  #share(table: EncodedTable): TableShare {
    const { id } = table.item;
    let share = this.#tables.get(id);
    if (!share) {
      const layer = new SharedLayer(false, [table.item]);
      this.#changed.add(layer);
      const selectors = table.peers.flatMap((peer) => this.#peerSelectors.find(peer) ?? []);
      share = { id, layer, selectors: selectors.map((selector) => this.#selectorShare(selector)) };
      this.#tables.set(id, share);
    }
    return share;
  }

  #selectorShare(selector: PeerSelector): SelectorShare {
    let share = this.#selectors.get(selector);
    if (!share) {
      const { content } = selector;
      const layer = new SharedLayer(false, [encodeSelector(content)]);
      for (const peer of this.#commonPeers()) {
        if (peer.selectedBy(content)) layer.set(encodeMembership(content.key, peer.identity.key));
      }
      for (const identity of selector.members()) layer.set(this.#membership(selector, identity));
      this.#changed.add(layer);
      share = { selector, layer };
      this.#selectors.set(selector, share);
    }
    return share;
  }

  #membership(selector: PeerSelector, identity: LabelSet) {
    return encodeMembership(selector.content.key, this.#identities.keyOf(identity));
  }
}

/** The node is a peer of its own endpoints. */
function joinHost(node: NodeShare, { selector: { content } }: SelectorShare): void {
  if (selectsNode(content, node.profile, true)) node.own.set(hostMembership(node, content.key));
}

function leaveHost(node: NodeShare, { selector: { content } }: SelectorShare): void {
  if (selectsNode(content, node.profile, true)) node.own.delete(hostMembership(node, content.key).id);
}

const hostMembership = ({ profile }: NodeShare, selector: ContentKey) =>
  encodeMembership(selector, encodeNodeIdentity(profile, true).key);
