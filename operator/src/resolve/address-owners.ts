import type { Prefix } from '../model/address.ts';
import { podKey } from '../model/cluster.ts';
import type { Node, Pod } from '../model/endpoint.ts';
import type { SpecialAddress } from '../model/special-address.ts';
import { Claims } from './claims.ts';
import { claimsBefore } from './pod-role.ts';

/** What is neither a pod nor a node; `apiserver-…`: where the API is served from outside the cluster. */
export type OtherKind = SpecialAddress['entity'] | 'apiserver-ipv4' | 'apiserver-ipv6';

/** Keys of pods, names of nodes and other addresses by their text. */
export interface ChangedOwners {
  readonly pods: ReadonlySet<string>;
  readonly nodes: ReadonlySet<string>;
  readonly others: ReadonlyMap<string, Prefix>;
}

/**
 * Who holds which address. A node's address is never a pod's, and of two nodes the one with the lesser name holds it;
 * a pod goes before what no object of Kubernetes names, and that before what serves the API from outside.
 */
export class AddressOwners {
  readonly #pods = new Claims<Pod>(claimsBefore);
  readonly #nodes = new Claims<Node>((a, b) => a.name < b.name);
  readonly #specials = new Claims<SpecialAddress>((a, b) => a.name < b.name);
  #apiServers = new Map<string, Prefix>();
  readonly #changedPods = new Set<string>();
  readonly #changedNodes = new Set<string>();
  readonly #changedOthers = new Map<string, Prefix>();

  setPod(from: Pod | undefined, to: Pod | undefined): void {
    for (const { text } of from?.addresses ?? [])
      this.#changePod(text, () => from && this.#pods.remove(text, from));
    for (const { text } of to?.addresses ?? []) this.#changePod(text, () => to && this.#pods.add(text, to));
    for (const pod of [from, to]) if (pod) this.#changedPods.add(podKey(pod));
  }

  setNode(from: Node | undefined, to: Node | undefined): void {
    for (const { text } of from?.addresses ?? []) {
      this.#changeNode(text, () => from && this.#nodes.remove(text, from));
    }
    for (const { text } of to?.addresses ?? []) this.#changeNode(text, () => to && this.#nodes.add(text, to));
    for (const node of [from, to]) if (node) this.#changedNodes.add(node.name);
  }

  setSpecial(from: SpecialAddress | undefined, to: SpecialAddress | undefined): void {
    if (from) this.#specials.remove(from.address.text, from);
    if (to) this.#specials.add(to.address.text, to);
    for (const special of [from, to]) {
      if (special) this.#changedOthers.set(special.address.text, special.address);
    }
  }

  /** All addresses where the Kubernetes API is served. */
  setApiServers(addresses: readonly Prefix[]): void {
    const next = new Map(addresses.map((address) => [address.text, address]));
    for (const map of [this.#apiServers, next]) {
      for (const [text, address] of map) this.#changedOthers.set(text, address);
    }
    this.#apiServers = next;
  }

  /** Those of the pod's addresses that it holds, in order of their text. */
  ofPod(pod: Pod): readonly Prefix[] {
    return distinct(pod.addresses).filter(
      ({ text }) => !this.#nodes.holder(text) && this.#pods.holder(text) === pod,
    );
  }

  ofNode(node: Node): readonly Prefix[] {
    return distinct(node.addresses).filter(({ text }) => this.#nodes.holder(text) === node);
  }

  /** What an address is that neither a pod nor a node holds; undefined: just of the world, or held. */
  kindOf({ text, family }: Prefix): OtherKind | undefined {
    if (this.#nodes.holder(text) || this.#pods.holder(text)) return undefined;
    const special = this.#specials.holder(text);
    if (special) return special.entity;
    return this.#apiServers.has(text) ? `apiserver-ipv${family}` : undefined;
  }

  /** What may hold other addresses, or be held by others, than at the last call. */
  takeChanged(): ChangedOwners {
    const changed = {
      pods: new Set(this.#changedPods),
      nodes: new Set(this.#changedNodes),
      others: new Map(this.#changedOthers),
    };
    this.#changedPods.clear();
    this.#changedNodes.clear();
    this.#changedOthers.clear();
    return changed;
  }

  #changePod(text: string, change: () => void): void {
    this.#notePod(text);
    change();
    this.#notePod(text);
  }

  #changeNode(text: string, change: () => void): void {
    this.#noteNode(text);
    change();
    this.#noteNode(text);
    this.#notePod(text);
  }

  #notePod(text: string): void {
    const holder = this.#pods.holder(text);
    if (holder) this.#changedPods.add(podKey(holder));
    const other = this.#specials.holder(text)?.address ?? this.#apiServers.get(text);
    if (other) this.#changedOthers.set(text, other);
  }

  #noteNode(text: string): void {
    const holder = this.#nodes.holder(text);
    if (holder) this.#changedNodes.add(holder.name);
  }
}

/** Each address once, in order of the text. */
function distinct(addresses: readonly Prefix[]): readonly Prefix[] {
  if (addresses.length < 2) return addresses;
  const byText = new Map(addresses.map((address) => [address.text, address]));
  return [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, address]) => address);
}
