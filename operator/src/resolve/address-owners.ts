import type { Prefix } from '../model/address.ts';
import { podKey } from '../model/cluster.ts';
import type { Node, Pod } from '../model/endpoint.ts';
import { Claims } from './claims.ts';
import { claimsBefore } from './pod-role.ts';

/** Who holds which address. A node's address is never a pod's. Of two nodes the one with the lesser name holds it. */
export class AddressOwners {
  readonly #pods = new Claims<Pod>(claimsBefore);
  readonly #nodes = new Claims<Node>((a, b) => a.name < b.name);
  readonly #changedPods = new Set<string>();
  readonly #changedNodes = new Set<string>();

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

  /** Those of the pod's addresses that it holds, in order of their text. */
  ofPod(pod: Pod): readonly Prefix[] {
    return distinct(pod.addresses).filter(
      ({ text }) => !this.#nodes.holder(text) && this.#pods.holder(text) === pod,
    );
  }

  ofNode(node: Node): readonly Prefix[] {
    return distinct(node.addresses).filter(({ text }) => this.#nodes.holder(text) === node);
  }

  /** Keys of the pods, and names of the nodes, that may hold other addresses than at the last call. */
  takeChanged(): { readonly pods: ReadonlySet<string>; readonly nodes: ReadonlySet<string> } {
    const changed = { pods: new Set(this.#changedPods), nodes: new Set(this.#changedNodes) };
    this.#changedPods.clear();
    this.#changedNodes.clear();
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
