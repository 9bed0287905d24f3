import type { Item } from '@weir/proto/item.ts';
import type { EndpointSlice, Service } from '../model/service.ts';
import { encodeNearService, encodeService, serviceItemIds } from './encode-service.ts';
import type { ItemLayer } from './item-layer.ts';
import type { NodeShare } from './node-share.ts';
import type { Universe } from './universe.ts';

interface LocalService {
  readonly service: Service;
  readonly slices: readonly EndpointSlice[];
}

/**
 * The services, for all nodes with endpoints whose egress is judged. Those whose traffic stays on the client's node
 * have another item for each node.
 */
export class ServiceShares {
  readonly #universe: Universe;
  readonly #local = new Map<string, LocalService>();
  readonly #nodes = new Map<NodeShare, number>();

  constructor(universe: Universe) {
    this.#universe = universe;
  }

  /** Nodes that have the services. */
  get nodes(): Iterable<NodeShare> {
    return this.#nodes.keys();
  }

  /** Undefined: the service is gone. Gives the nodes whose own items may have changed. */
  setService(
    key: string,
    service: Service | undefined,
    slices: readonly EndpointSlice[],
  ): Iterable<NodeShare> {
    const isLocal = service?.internalTrafficLocal === true;
    const wasLocal = this.#local.has(key);
    replaceItems(this.#universe.services, key, service ? encodeService(service, slices) : []);
    if (service && isLocal) this.#local.set(key, { service, slices });
    else this.#local.delete(key);
    if (!isLocal && !wasLocal) return [];
    for (const node of this.#nodes.keys()) this.#setLocal(node, key);
    return this.#nodes.keys();
  }

  /** One more endpoint's egress is judged there. */
  hold(node: NodeShare): void {
    const count = this.#nodes.get(node) ?? 0;
    this.#nodes.set(node, count + 1);
    if (count > 0) return;
    node.hasServices = true;
    for (const key of this.#local.keys()) this.#setLocal(node, key);
  }

  release(node: NodeShare): void {
    const count = this.#nodes.get(node) ?? 0;
    if (count > 1) {
      this.#nodes.set(node, count - 1);
      return;
    }
    this.#nodes.delete(node);
    node.hasServices = false;
    for (const key of this.#local.keys()) replaceItems(node.own, key, []);
  }

  #setLocal(node: NodeShare, key: string): void {
    const local = this.#local.get(key);
    replaceItems(node.own, key, local ? encodeNearService(local.service, local.slices, node.node) : []);
  }
}

/** Of one service. */
function replaceItems(layer: ItemLayer, key: string, items: readonly Item[]): void {
  const kept = new Set(items.map(({ id }) => id));
  for (const id of serviceItemIds(key)) if (!kept.has(id)) layer.delete(id);
  for (const item of items) layer.set(item);
}
