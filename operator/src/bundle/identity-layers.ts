import type { Item } from '@weir/proto/item.ts';
import type { ContentKey } from '../resolve/content-key.ts';
import type { LabelSet } from '../resolve/selector-index.ts';
import { encodePodIdentity } from './encode.ts';
import { SharedLayer } from './shared-layer.ts';
import type { Universe } from './universe.ts';

interface IdentityEntry {
  readonly key: ContentKey;
  readonly layer: SharedLayer;
}

/** The layer of each pod identity: its item and the prefixes of its pods. */
export class IdentityLayers {
  readonly #universe: Universe;
  readonly #entries = new Map<LabelSet, IdentityEntry>();
  readonly #vanished = new Set<LabelSet>();

  constructor(universe: Universe) {
    this.#universe = universe;
  }

  keyOf(identity: LabelSet): ContentKey {
    return this.#entry(identity).key;
  }

  layerOf(identity: LabelSet): SharedLayer {
    return this.#entry(identity).layer;
  }

  setPrefix(identity: LabelSet, prefix: Item): void {
    const { layer } = this.#entry(identity);
    layer.set(prefix);
    this.#universe.changedIdentities.add(layer);
  }

  deletePrefix(identity: LabelSet, prefix: Item): void {
    const { layer } = this.#entry(identity);
    layer.delete(prefix.id);
    this.#universe.changedIdentities.add(layer);
  }

  /** No pod has it any more; its layer goes with the next `dropVanished`. */
  vanish(identity: LabelSet): void {
    this.#vanished.add(identity);
  }

  dropVanished(): void {
    for (const identity of this.#vanished) {
      const entry = this.#entries.get(identity);
      if (!entry) continue;
      entry.layer.clear();
      this.#entries.delete(identity);
      this.#universe.identities.delete(entry.layer);
      this.#universe.changedIdentities.add(entry.layer);
    }
    this.#vanished.clear();
  }

  #entry(identity: LabelSet): IdentityEntry {
    let entry = this.#entries.get(identity);
    if (!entry) {
      const { key, item } = encodePodIdentity(identity.text, identity.labels);
      entry = { key, layer: new SharedLayer(true, [item]) };
      this.#entries.set(identity, entry);
      this.#universe.identities.add(entry.layer);
      this.#universe.changedIdentities.add(entry.layer);
    }
    return entry;
  }
}
