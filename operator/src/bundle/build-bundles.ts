import { addDigest, emptyDigest } from '@weir/proto/digest.ts';
import type { Item } from '@weir/proto/item.ts';
import { compileTable } from '../compile/compile-table.ts';
import type { TableContent, TableDirection } from '../compile/table-content.ts';
import type { ClusterState } from '../model/cluster.ts';
import type { Node, Pod } from '../model/endpoint.ts';
import { isObserved } from '../model/settings.ts';
import type { ContentKey } from '../resolve/content-key.ts';
import { portNumbers } from '../resolve/label-keys.ts';
import { plainProfile, selectsNode } from '../resolve/node-profiles.ts';
import type { PeerContent } from '../resolve/peer-content.ts';
import { claimsBefore, endpointUid, isSubject } from '../resolve/pod-role.ts';
import { selectsLabels } from '../resolve/pod-selector.ts';
import { type CommonPeer, otherPeer, remoteNodePeer } from './common-peers.ts';
import {
  type EncodedIdentity,
  encodeEndpoint,
  encodeMembership,
  encodeNodeIdentity,
  encodePrefix,
  encodeSelector,
  encodeTable,
  observeItem,
} from './encode.ts';
import { encodeNearService, encodeService } from './encode-service.ts';
import type { NodeBundle } from './node-bundle.ts';
import { type PeerPod, type ResolvedCluster, resolveCluster } from './resolved-cluster.ts';

/**
 * All bundles from nothing but the state: what Pipeline keeps up to date, said once more as plainly as possible.
 * Slow (every selector is compared with every pod); tests and checks only.
 */
export function buildBundles(state: ClusterState): ReadonlyMap<string, NodeBundle> {
  const cluster = resolveCluster(state);
  return new Map(
    [...state.nodes.values()].map((node) => [node.name, new BundleBuilder(cluster, node).build()]),
  );
}

class BundleBuilder {
  readonly #cluster: ResolvedCluster;
  readonly #node: Node;
  readonly #host: EncodedIdentity;
  /** Peers that are neither pods nor the node itself. */
  readonly #common: readonly CommonPeer[];
  readonly #items = new Map<string, Item>();
  /** Peers whose identities and addresses the node needs. */
  readonly #known = new Set<PeerPod>();
  readonly #selectors = new Map<string, PeerContent>();
  #judgesEgress = false;

  constructor(cluster: ResolvedCluster, node: Node) {
    this.#cluster = cluster;
    this.#node = node;
    this.#host = encodeNodeIdentity(cluster.profileOf(node), true);
    const profiles = [plainProfile, ...[...cluster.state.nodes.values()].map(cluster.profileOf)];
    this.#common = [...profiles.map(remoteNodePeer), ...cluster.others.map(({ kind }) => otherPeer(kind))];
  }

  build(): NodeBundle {
    this.#putNodes();
    for (const peer of this.#cluster.pods) {
      if (peer.pod.node === this.#node.name && isEndpoint(this.#cluster, peer)) this.#putEndpoint(peer);
    }
    for (const content of this.#selectors.values()) this.#putSelector(content);
    if (this.#judgesEgress) this.#putServices();
    for (const { identity, addresses } of this.#known) {
      this.#put(identity.item);
      for (const address of addresses) this.#put(encodePrefix(address, identity.key));
    }
    let digest = emptyDigest;
    for (const item of this.#items.values()) digest = addDigest(digest, item.digest);
    return { node: this.#node.name, digest, items: this.#items };
  }

  #put(item: Item): void {
    this.#items.set(item.id, item);
  }

  #putNodes(): void {
    this.#put(this.#host.item);
    for (const { identity } of this.#common) this.#put(identity.item);
    for (const { address, kind } of this.#cluster.others) {
      this.#put(encodePrefix(address, otherPeer(kind).identity.key));
    }
    if (isObserved(this.#cluster.state.settings, this.#node.name)) this.#put(observeItem);
    for (const node of this.#cluster.state.nodes.values()) {
      const identity =
        node === this.#node ? this.#host : encodeNodeIdentity(this.#cluster.profileOf(node), false);
      const held = node.addresses.filter(({ text }) => this.#cluster.nodeOf(text) === node);
      for (const address of held) this.#put(encodePrefix(address, identity.key));
    }
  }

  #putEndpoint(peer: PeerPod): void {
    for (const other of this.#cluster.pods) {
      if (other.identity.item.id === peer.identity.item.id) this.#known.add(other);
    }
    const egress = tableOf(this.#cluster, peer.pod, 'egress');
    const item = encodeEndpoint({
      pod: peer.pod,
      addresses: peer.addresses,
      identity: peer.identity.key,
      ingressTable: this.#putTable(tableOf(this.#cluster, peer.pod, 'ingress')),
      egressTable: this.#putTable(egress),
    });
    if (egress) this.#judgesEgress = true;
    this.#put(item);
  }

  #putServices(): void {
    const { state, slicesOf } = this.#cluster;
    for (const [key, service] of state.services) {
      const slices = slicesOf(key);
      for (const item of encodeService(service, slices)) this.#put(item);
      for (const item of encodeNearService(service, slices, this.#node.name)) this.#put(item);
    }
  }

  #putTable(table: TableContent | undefined): ContentKey | undefined {
    if (!table) return undefined;
    const { key, item } = encodeTable(table);
    this.#put(item);
    for (const content of table.peers) this.#selectors.set(content.text, content);
    return key;
  }

  #putSelector(content: PeerContent): void {
    this.#put(encodeSelector(content));
    if (selectsNode(content, this.#cluster.profileOf(this.#node), true)) {
      this.#put(encodeMembership(content.key, this.#host.key));
    }
    for (const { identity, selectedBy } of this.#common) {
      if (selectedBy(content)) this.#put(encodeMembership(content.key, identity.key));
    }
    for (const peer of this.#cluster.pods) {
      const member = content.pods.some((selector) => selectsLabels(selector, peer.labels));
      if (member) this.#put(encodeMembership(content.key, peer.identity.key));
      if (member || content.broad) this.#known.add(peer);
    }
  }
}

function isEndpoint({ pods }: ResolvedCluster, { pod, addresses }: PeerPod): boolean {
  if (!isSubject(pod) || addresses.length === 0) return false;
  const rivals = pods.filter(
    (other) => isSubject(other.pod) && other.pod !== pod && endpointUid(other.pod) === endpointUid(pod),
  );
  return rivals.every((rival) => claimsBefore(pod, rival.pod));
}

function tableOf(cluster: ResolvedCluster, pod: Pod, direction: TableDirection): TableContent | undefined {
  const labels = cluster.subjectLabels(pod);
  const fragments = cluster.rules
    .filter(({ subject }) => selectsLabels(subject, labels))
    .flatMap((rule) => rule.fragments[direction] ?? []);
  const ownPorts = (nameKey: string) => portNumbers(labels, nameKey);
  return compileTable({ direction, fragments, ownPorts }, cluster.state.settings);
}
