import type { IdSets, SetId } from './id-sets.ts';
import { at, grown } from './words.ts';

/** Number of a named block: an address block, or a hole in one, that some selector writes. */
export type BlockId = number;

export const noBlock: BlockId = 0xffff_ffff;
/** 0.0.0.0/0 and ::/0 always have a number, so that naming them does not change the address of anything. */
export const baseBlock = { 4: 0, 6: 1 } as const;

/** How a selector names a block; `pods` and `nodes`: it concerns their addresses too, besides the world's. */
export const nameFlag = { hole: 1, pods: 2, nodes: 4 } as const;
const concernsOwners = nameFlag.pods | nameFlag.nodes;

/**
 * Who names each block, and what follows: the sets of block ids (elements) that are in force inside it, for
 * addresses of the world, of pods and of nodes.
 */
export class BlockNames {
  #family = Uint32Array.from({ length: 64 }, (_, block) => (block === baseBlock[6] ? 6 : 4));
  #head = new Uint32Array(64);
  #count = new Uint32Array(64);
  #ownersCount = new Uint32Array(64);
  #world = new Uint32Array(64);
  #pods = new Uint32Array(64);
  #nodes = new Uint32Array(64);
  #size = 2;
  #free: BlockId[] = [];
  #released: BlockId[] = [];

  #next = new Uint32Array(64);
  #element = new Uint32Array(64);
  #flags = new Uint32Array(64);
  #nameSize = 1;
  #freeName = 0;

  /** Numbers that were ever given; all are below it. */
  get size(): number {
    return this.#size;
  }

  acquire(family: 4 | 6): BlockId {
    const block = this.#free.pop() ?? this.#size++;
    if (block >= this.#head.length) this.#grow(block + 1);
    this.#family[block] = family;
    this.#head[block] = 0;
    this.#count[block] = 0;
    this.#ownersCount[block] = 0;
    return block;
  }

  #grow(size: number): void {
    this.#family = grown(this.#family, size);
    this.#head = grown(this.#head, size);
    this.#count = grown(this.#count, size);
    this.#ownersCount = grown(this.#ownersCount, size);
    this.#world = grown(this.#world, size);
    this.#pods = grown(this.#pods, size);
    this.#nodes = grown(this.#nodes, size);
  }

  /** Gives the number back; it is not used again before the next `settle`. */
  release(block: BlockId): void {
    this.#released.push(block);
  }

  settle(): void {
    for (const block of this.#released) this.#free.push(block);
    this.#released = [];
  }

  family(block: BlockId): 4 | 6 {
    return at(this.#family, block) === 6 ? 6 : 4;
  }

  isNamed(block: BlockId): boolean {
    return at(this.#count, block) > 0;
  }

  /** Whether the block concerns the addresses of pods or nodes. */
  isNamedForOwners(block: BlockId): boolean {
    return at(this.#ownersCount, block) > 0;
  }

  add(block: BlockId, element: number, flags: number): void {
    const name = this.#freeName || this.#nameSize++;
    if (name === this.#freeName) this.#freeName = at(this.#next, name);
    this.#next = grown(this.#next, name + 1);
    this.#element = grown(this.#element, name + 1);
    this.#flags = grown(this.#flags, name + 1);
    this.#element[name] = element;
    this.#flags[name] = flags;
    this.#next[name] = at(this.#head, block);
    this.#head[block] = name;
    this.#count[block] = at(this.#count, block) + 1;
    if (flags & concernsOwners) this.#ownersCount[block] = at(this.#ownersCount, block) + 1;
  }

  remove(block: BlockId, element: number, flags: number): void {
    let previous = 0;
    for (let name = at(this.#head, block); name !== 0; previous = name, name = at(this.#next, name)) {
      if (at(this.#element, name) !== element || at(this.#flags, name) !== flags) continue;
      if (previous === 0) this.#head[block] = at(this.#next, name);
      else this.#next[previous] = at(this.#next, name);
      this.#next[name] = this.#freeName;
      this.#freeName = name;
      this.#count[block] = at(this.#count, block) - 1;
      if (flags & concernsOwners) this.#ownersCount[block] = at(this.#ownersCount, block) - 1;
      return;
    }
  }

  /** Elements in force for addresses of the world whose innermost block this is. */
  worldSet(block: BlockId): SetId {
    return at(this.#world, block);
  }

  /** Elements in force for addresses of pods whose innermost block (of those that concern owners) this is. */
  podSet(block: BlockId): SetId {
    return at(this.#pods, block);
  }

  /** The same for addresses of nodes. */
  nodeSet(block: BlockId): SetId {
    return at(this.#nodes, block);
  }

  /** Computes the sets from those around the block; `outer` and `outerOwners` are noBlock for a base block. */
  derive(block: BlockId, outer: BlockId, outerOwners: BlockId, sets: IdSets): void {
    this.#world[block] = this.#apply(block, outer === noBlock ? 0 : this.worldSet(outer), 0, sets);
    const pods = outerOwners === noBlock ? 0 : this.podSet(outerOwners);
    this.#pods[block] = this.#apply(block, pods, nameFlag.pods, sets);
    const nodes = outerOwners === noBlock ? 0 : this.nodeSet(outerOwners);
    this.#nodes[block] = this.#apply(block, nodes, nameFlag.nodes, sets);
  }

  #apply(block: BlockId, outer: SetId, required: number, sets: IdSets): SetId {
    let set = outer;
    for (const hole of [0, nameFlag.hole]) {
      for (let name = at(this.#head, block); name !== 0; name = at(this.#next, name)) {
        const flags = at(this.#flags, name);
        if ((flags & required) !== required || (flags & nameFlag.hole) !== hole) continue;
        const element = at(this.#element, name);
        set = hole ? sets.remove(set, element) : sets.add(set, element);
      }
    }
    return set;
  }
}
