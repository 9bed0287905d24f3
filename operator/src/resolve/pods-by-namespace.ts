import type { Pod } from '../model/endpoint.ts';

/** Keys of the pods of each namespace. */
export class PodsByNamespace {
  readonly #keys = new Map<string, Set<string>>();

  of(namespace: string): Iterable<string> {
    return this.#keys.get(namespace) ?? [];
  }

  setPod(podKey: string, from: Pod | undefined, to: Pod | undefined): void {
    if (from && !to) this.#remove(from.namespace, podKey);
    if (to && !from) this.#add(to.namespace, podKey);
  }

  #add(namespace: string, podKey: string): void {
    const keys = this.#keys.get(namespace);
    if (keys) keys.add(podKey);
    else this.#keys.set(namespace, new Set([podKey]));
  }

  #remove(namespace: string, podKey: string): void {
    const keys = this.#keys.get(namespace);
    if (keys?.delete(podKey) && keys.size === 0) this.#keys.delete(namespace);
  }
}
