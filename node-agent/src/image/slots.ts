import { type BlockId, baseBlock, noBlock } from './block-names.ts';
import { valueIndex, valueLocal } from './layout.ts';
import { at, grown } from './words.ts';

/** Identity of addresses that belong to none. */
export const worldIdentity = 0;
/** Identity of this node, whatever key the bundle gives it. */
export const hostIdentity = 1;

/**
 * The slots: an identity in one innermost block. Numbers are kept while an address has them, and one that
 * becomes free is not given again before the next `settle`.
 */
export class Slots {
  identity = new Uint32Array(64);
  block = new Uint32Array(64);
  #references = new Uint32Array(64);
  #size = 2;
  #world = new Uint32Array(64).fill(noBlock);
  readonly #byIdentity = new Map<number, Map<BlockId, number>>();
  readonly #pairs = new Map<string, number>();
  #free: number[] = [];
  #freePairs: number[] = [];
  #released: { readonly slot: number; readonly pair: boolean }[] = [];
  readonly #dirty = new Set<number>();

  constructor() {
    for (const block of [baseBlock[4], baseBlock[6]]) {
      this.block[block] = block;
      this.#references[block] = 1;
      this.#world[block] = block;
      this.#dirty.add(block);
    }
  }

  /** Slots that were ever given; all are below it. */
  get size(): number {
    return this.#size;
  }

  isUsed(slot: number): boolean {
    return at(this.#references, slot) > 0;
  }

  /** Takes a reference on the slot of the world's addresses in this block. */
  takeWorld(block: BlockId): number {
    if (block >= this.#world.length) {
      const former = this.#world.length;
      this.#world = grown(this.#world, block + 1);
      this.#world.fill(noBlock, former);
    }
    let slot = at(this.#world, block);
    if (slot === noBlock) {
      slot = this.#allocate(worldIdentity, block);
      this.#world[block] = slot;
    }
    return this.#reference(slot);
  }

  /** Takes a reference on the slot of an identity's addresses in this block. */
  take(identity: number, block: BlockId): number {
    let blocks = this.#byIdentity.get(identity);
    if (!blocks) {
      blocks = new Map();
      this.#byIdentity.set(identity, blocks);
    }
    let slot = blocks.get(block);
    if (slot === undefined) {
      slot = this.#allocate(identity, block);
      blocks.set(block, slot);
    }
    return this.#reference(slot);
  }

  /** Takes a reference on the two slots of an address of this node; gives the value with VALUE_LOCAL. */
  takeLocal(all: BlockId, world: BlockId): number {
    const key = `${all}/${world}`;
    let slot = this.#pairs.get(key);
    if (slot === undefined) {
      slot = this.#freePairs.pop() ?? this.#extend(2);
      this.#set(slot, hostIdentity, all);
      this.#set(slot + 1, worldIdentity, world);
      this.#references[slot + 1] = 1;
      this.#pairs.set(key, slot);
    }
    return this.#reference(slot) + valueLocal;
  }

  /** Gives a reference back; `value` as it was taken. */
  drop(value: number): void {
    const slot = value & valueIndex;
    const left = at(this.#references, slot) - 1;
    this.#references[slot] = left;
    if (left > 0) return;
    const pair = (value & valueLocal) !== 0;
    if (pair) this.#dropPair(slot);
    else if (at(this.identity, slot) === worldIdentity) this.#world[at(this.block, slot)] = noBlock;
    else this.#dropOfIdentity(slot);
    this.#dirty.add(slot);
    this.#released.push({ slot, pair });
  }

  #dropPair(slot: number): void {
    this.#pairs.delete(`${at(this.block, slot)}/${at(this.block, slot + 1)}`);
    this.#references[slot + 1] = 0;
    this.#dirty.add(slot + 1);
  }

  #dropOfIdentity(slot: number): void {
    const identity = at(this.identity, slot);
    const blocks = this.#byIdentity.get(identity);
    blocks?.delete(at(this.block, slot));
    if (blocks?.size === 0) this.#byIdentity.delete(identity);
  }

  /** Slots of an identity. */
  *of(identity: number): Generator<number> {
    if (identity === hostIdentity) yield* this.#pairs.values();
    else yield* this.#byIdentity.get(identity)?.values() ?? [];
  }

  /** Says that what the slot of this value matches may have changed. */
  touch(value: number): void {
    const slot = value & valueIndex;
    this.#dirty.add(slot);
    if (value & valueLocal) this.#dirty.add(slot + 1);
  }

  /** The slots that are new, gone or touched since the last `settle`. */
  get dirty(): ReadonlySet<number> {
    return this.#dirty;
  }

  settle(): void {
    this.#dirty.clear();
    for (const { slot, pair } of this.#released) (pair ? this.#freePairs : this.#free).push(slot);
    this.#released = [];
  }

  #reference(slot: number): number {
    this.#references[slot] = at(this.#references, slot) + 1;
    return slot;
  }

  #allocate(identity: number, block: BlockId): number {
    const slot = this.#free.pop() ?? this.#extend(1);
    this.#set(slot, identity, block);
    return slot;
  }

  #extend(count: number): number {
    const slot = this.#size;
    this.#size += count;
    this.identity = grown(this.identity, this.#size);
    this.block = grown(this.block, this.#size);
    this.#references = grown(this.#references, this.#size);
    return slot;
  }

  #set(slot: number, identity: number, block: BlockId): void {
    this.identity[slot] = identity;
    this.block[slot] = block;
    this.#dirty.add(slot);
  }
}
