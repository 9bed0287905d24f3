import type { PeerSelector, PeerSelectors } from '../resolve/peer-selectors.ts';
import type { LabelSet } from '../resolve/selector-index.ts';
import {
  type EncodedTable,
  encodeMembership,
  encodeSelector,
  hostIdentity,
  remoteNodeIdentity,
} from './encode.ts';
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

/** The tables that nodes hold, and with them the selectors that their entries name and these selectors' members. */
export class TableShares {
  readonly #identities: IdentityLayers;
  readonly #peerSelectors: PeerSelectors;
  readonly #tables = new Map<string, TableShare>();
  readonly #selectors = new Map<PeerSelector, SelectorShare>();
  readonly #changed = new Set<SharedLayer>();
  readonly #released = new Set<TableShare | SelectorShare>();

  constructor(identities: IdentityLayers, peerSelectors: PeerSelectors) {
    this.#identities = identities;
    this.#peerSelectors = peerSelectors;
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
  #holdSelector(node: NodeShare, { selector, layer }: SelectorShare): void {
    if (!node.hold(layer)) return;
    if (selector.content.broad) node.addBroadReason();
    else for (const identity of selector.members()) node.hold(this.#identities.layerOf(identity));
  }

  #releaseSelector(node: NodeShare, share: SelectorShare): void {
    const { selector, layer } = share;
    if (!node.release(layer)) return;
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
      const { key, host, remoteNode } = selector.content;
      const layer = new SharedLayer(false, [encodeSelector(selector.content)]);
      if (host) layer.set(encodeMembership(key, hostIdentity.key));
      if (remoteNode) layer.set(encodeMembership(key, remoteNodeIdentity.key));
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
