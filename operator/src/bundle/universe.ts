import { DigestSum } from './digest-sum.ts';
import { ItemLayer } from './item-layer.ts';
import type { SharedLayer } from './shared-layer.ts';

/** The layers that nodes hold without counting, and which of them changed since the last commit. */
export class Universe {
  /** Every pod identity with its prefixes: for nodes that need all of them. */
  readonly identities = new Set<SharedLayer>();
  readonly changedIdentities = new Set<SharedLayer>();
  /** For all nodes: what is known of peers that are not pods, but for the nodes' own addresses. */
  readonly common = new ItemLayer();
  /** For all nodes with endpoints whose egress is judged. */
  readonly services = new ItemLayer();
  /** By node, its addresses as those of a remote node: for all other nodes. */
  readonly remoteNodes = new Map<string, SharedLayer>();
  readonly changedRemoteNodes = new Map<string, SharedLayer>();

  /** Over all items of all identities. */
  readonly identitySum = new DigestSum();
  /** Over all items of all remote nodes. */
  readonly remoteNodeSum = new DigestSum();

  /** Over all items of the common layer. */
  readonly commonSum = new DigestSum();

  /** Over all items of services. */
  readonly serviceSum = new DigestSum();

  /** Whether all nodes' bundles have changed. */
  get everywhereChanged(): boolean {
    if (this.changedRemoteNodes.size > 0) return true;
    return hasChanges(this.common);
  }

  get servicesChanged(): boolean {
    return hasChanges(this.services);
  }

  /** Brings the sums up to date: once before each commit. */
  sum(): void {
    for (const layer of this.changedIdentities) addChanges(this.identitySum, layer);
    for (const layer of this.changedRemoteNodes.values()) addChanges(this.remoteNodeSum, layer);
    addChanges(this.commonSum, this.common);
    addChanges(this.serviceSum, this.services);
  }

  *identitiesBefore(): Generator<SharedLayer> {
    yield* this.identities;
    for (const layer of this.changedIdentities) if (!this.identities.has(layer)) yield layer;
  }

  *remoteNodesBefore(): Generator<readonly [node: string, layer: SharedLayer]> {
    yield* this.remoteNodes;
    for (const entry of this.changedRemoteNodes) if (!this.remoteNodes.has(entry[0])) yield entry;
  }

  commit(): void {
    for (const layer of this.changedIdentities) layer.commit();
    for (const layer of this.changedRemoteNodes.values()) layer.commit();
    this.common.commit();
    this.services.commit();
    this.changedIdentities.clear();
    this.changedRemoteNodes.clear();
  }
}

const hasChanges = (layer: ItemLayer): boolean => layer.changes().next().done !== true;

function addChanges(sum: DigestSum, layer: ItemLayer): void {
  for (const { before, after } of layer.changes()) {
    if (before) sum.subtract(before.digest);
    if (after) sum.add(after.digest);
  }
}
