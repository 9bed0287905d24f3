import { type Digest, emptyDigest } from '@weir/proto/digest.ts';
import type { Item } from '@weir/proto/item.ts';
import { type NodeProfile, plainProfile } from '../resolve/node-profiles.ts';
import type { BundleChange } from './bundle-change.ts';
import { CurrentBundle, FirstChange } from './current-bundle.ts';
import { DigestSum } from './digest-sum.ts';
import { encodeNodeIdentity } from './encode.ts';
import { ItemChanges } from './item-changes.ts';
import { ItemLayer } from './item-layer.ts';
import type { NodeBundle } from './node-bundle.ts';
import type { SharedLayer } from './shared-layer.ts';
import type { Universe } from './universe.ts';

/**
 * What one node needs: layers that it holds, each counted by its reasons. Remembers what it held at the last
 * `takeChange`.
 */
export class NodeShare {
  readonly node: string;
  /** Its endpoints and its own addresses. */
  readonly own = new ItemLayer();
  readonly #counts = new Map<SharedLayer, number>();
  /** For layers taken up or dropped since: whether it held them before. */
  readonly #heldBefore = new Map<SharedLayer, boolean>();
  /** Layers that it holds, and that say something else since. */
  readonly #touched = new Set<SharedLayer>();
  /** Whether it needs the services. */
  hasServices = false;
  #hadServices = false;
  #broadReasons = 0;
  #wasBroad = false;
  #listed = false;
  #wasListed = false;
  #digest: Digest = emptyDigest;
  /** Number of the bundle's changes. */
  #version = 0;
  #profile = plainProfile;

  constructor(node: string) {
    this.node = node;
    this.own.set(encodeNodeIdentity(plainProfile, true).item);
  }

  /** Whether there is a Node object, and so a bundle. */
  get listed(): boolean {
    return this.#listed;
  }

  set listed(listed: boolean) {
    this.#listed = listed;
  }

  /** What selectors see of the node itself. */
  get profile(): NodeProfile {
    return this.#profile;
  }

  set profile(profile: NodeProfile) {
    this.own.delete(encodeNodeIdentity(this.#profile, true).item.id);
    this.own.set(encodeNodeIdentity(profile, true).item);
    this.#profile = profile;
  }

  /** Whether it needs all identities. */
  get broad(): boolean {
    return this.#broadReasons > 0;
  }

  get unused(): boolean {
    return !this.#listed && this.#counts.size === 0;
  }

  addBroadReason(): void {
    this.#broadReasons++;
  }

  removeBroadReason(): void {
    this.#broadReasons--;
  }

  /** Tells whether this is the first reason. */
  hold(layer: SharedLayer): boolean {
    const count = this.#counts.get(layer) ?? 0;
    this.#counts.set(layer, count + 1);
    if (count > 0) return false;
    this.#noteHeld(layer, false);
    layer.holders.add(this);
    return true;
  }

  /** Tells whether this was the last reason. */
  release(layer: SharedLayer): boolean {
    const count = this.#counts.get(layer) ?? 0;
    if (count > 1) {
      this.#counts.set(layer, count - 1);
      return false;
    }
    this.#noteHeld(layer, true);
    this.#counts.delete(layer);
    layer.holders.delete(this);
    return true;
  }

  /** Of a node without a bundle nobody asks what it held. */
  #noteHeld(layer: SharedLayer, held: boolean): void {
    if (this.#wasListed && !this.#heldBefore.has(layer)) this.#heldBefore.set(layer, held);
  }

  touch(layer: SharedLayer): void {
    this.#touched.add(layer);
  }

  /** The newest bundle; undefined: there is no Node object. */
  bundle(universe: Universe): NodeBundle | undefined {
    return this.#listed ? this.#bundle(universe, this.#digest, this.#version) : undefined;
  }

  /** The difference to the last call; undefined: none. To be called before layers commit. */
  takeChange(universe: Universe): BundleChange | undefined {
    const change = this.#compare(universe);
    if (change) {
      this.#digest = change.digest;
      this.#version++;
    }
    this.#wasListed = this.#listed;
    this.#wasBroad = this.broad;
    this.#hadServices = this.hasServices;
    this.#heldBefore.clear();
    this.#touched.clear();
    this.own.commit();
    return change;
  }

  #compare(universe: Universe): BundleChange | undefined {
    if (!this.#wasListed) return this.#listed ? this.#firstChange(universe) : undefined;
    const changes = new ItemChanges();
    const sameKind = this.broad === this.#wasBroad && this.hasServices === this.#hadServices;
    if (!this.#listed || !sameKind) this.#compareAll(changes, universe);
    else this.#compareChanged(changes, universe);
    return changes.finish(this.node, this.#digest);
  }

  #firstChange(universe: Universe): BundleChange {
    const sum = new DigestSum();
    for (const item of this.#ownItems()) sum.add(item.digest);
    if (this.broad) sum.add(universe.identitySum.digest);
    sum.add(universe.commonSum.digest);
    if (this.hasServices) sum.add(universe.serviceSum.digest);
    sum.add(universe.remoteNodeSum.digest);
    for (const item of universe.remoteNodes.get(this.node)?.items() ?? []) sum.subtract(item.digest);
    return new FirstChange(this.#bundle(universe, sum.digest, this.#version + 1));
  }

  #bundle(universe: Universe, digest: Digest, version: number): NodeBundle {
    const isCurrent = () => this.#listed && this.#version === version;
    return new CurrentBundle({ node: this.node, digest, items: () => this.#items(universe), isCurrent });
  }

  #compareAll(changes: ItemChanges, universe: Universe): void {
    for (const item of this.#itemsBefore(universe)) changes.was(item);
    if (this.#listed) for (const item of this.#items(universe)) changes.is(item);
  }

  *#items(universe: Universe): Generator<Item> {
    yield* this.#ownItems();
    yield* universe.common.items();
    if (this.hasServices) yield* universe.services.items();
    if (this.broad) for (const layer of universe.identities) yield* layer.items();
    for (const [node, layer] of universe.remoteNodes) if (node !== this.node) yield* layer.items();
  }

  /** Without what it has in common with all others. */
  *#ownItems(): Generator<Item> {
    yield* this.own.items();
    for (const layer of this.#counts.keys()) {
      if (!(this.broad && layer.isIdentity)) yield* layer.items();
    }
  }

  *#itemsBefore(universe: Universe): Generator<Item> {
    yield* this.own.former();
    yield* universe.common.former();
    if (this.#hadServices) yield* universe.services.former();
    for (const layer of new Set([...this.#counts.keys(), ...this.#heldBefore.keys()])) {
      const held = this.#heldBefore.get(layer) ?? true;
      if (held && !(this.#wasBroad && layer.isIdentity)) yield* layer.former();
    }
    if (this.#wasBroad) for (const layer of universe.identitiesBefore()) yield* layer.former();
    for (const [node, layer] of universe.remoteNodesBefore()) {
      if (node !== this.node) yield* layer.former();
    }
  }

  #compareChanged(changes: ItemChanges, universe: Universe): void {
    compareLayer(changes, this.own);
    compareLayer(changes, universe.common);
    if (this.hasServices) compareLayer(changes, universe.services);
    for (const [layer, before] of this.#heldBefore) {
      if (!(this.broad && layer.isIdentity)) this.#compareHeld(changes, layer, before);
    }
    for (const layer of this.#stillHeld(this.#touched)) {
      if (!(this.broad && layer.isIdentity)) compareLayer(changes, layer);
    }
    if (this.broad) for (const layer of universe.changedIdentities) compareLayer(changes, layer);
    for (const [node, layer] of universe.changedRemoteNodes) {
      if (node !== this.node) compareLayer(changes, layer);
    }
  }

  /** Those that it neither took up nor dropped. */
  *#stillHeld(layers: Iterable<SharedLayer>): Generator<SharedLayer> {
    for (const layer of layers) if (this.#counts.has(layer) && !this.#heldBefore.has(layer)) yield layer;
  }

  #compareHeld(changes: ItemChanges, layer: SharedLayer, before: boolean): void {
    if (before) for (const item of layer.former()) changes.was(item);
    if (this.#counts.has(layer)) for (const item of layer.items()) changes.is(item);
  }
}

function compareLayer(changes: ItemChanges, layer: ItemLayer): void {
  for (const { before, after } of layer.changes()) {
    if (before) changes.was(before);
    if (after) changes.is(after);
  }
}
