import type { weir } from '@weir/proto/bundle.js';
import { nameFlag } from './block-names.ts';
import type { IdSets, SetId } from './id-sets.ts';
import type { Identity } from './identities.ts';
import { invalid } from './invalid.ts';
import type { KeyList } from './key-list.ts';
import { nameOperation, prefixOperation } from './prefix-table.ts';
import { hostIdentity, type Slots } from './slots.ts';
import { keyText } from './words.ts';

/** A selector of the bundle, whether or not a table uses it. */
export interface Selector {
  readonly key: string;
  message: weir.bundle.v1.ISelector | undefined;
  /** How many tables name it. */
  uses: number;
  readonly members: Set<Identity>;
  /** Number of one that is present and used; -1 of another. */
  id: number;
  /** Elements of its blocks, in their order. */
  elements: number[];
}

/** Where blocks of each family are written down. */
export interface PrefixOperations {
  readonly 4: KeyList;
  readonly 6: KeyList;
}

/**
 * The selectors that tables use, and what they put into the sets that tell slots apart: twice the selector's
 * number, or an odd number of its own for a block with holes.
 */
export class Selectors {
  readonly #byKey = new Map<string, Selector>();
  readonly #sets: IdSets;
  readonly #slots: Slots;
  readonly #operations: PrefixOperations;
  readonly #identitySets = new Map<number, SetId>();
  readonly #selectorOfBlock = new Map<number, number>();
  readonly #missing = new Set<Selector>();
  readonly #plain = new Map<SetId, SetId>();
  #nextBlock = 0;
  #nextId = 0;
  #free: number[] = [];
  #released: number[] = [];
  /** Whether a selector that tables use already has changed since the last `settle`. */
  revised = false;

  constructor(sets: IdSets, slots: Slots, operations: PrefixOperations) {
    this.#sets = sets;
    this.#slots = slots;
    this.#operations = operations;
  }

  /** Numbers that were ever given; all are below it. */
  get size(): number {
    return this.#nextId;
  }

  upsert(message: weir.bundle.v1.ISelector): void {
    const selector = this.#get(keyText(message.key));
    this.#deactivate(selector);
    selector.message = message;
    this.#activate(selector);
    if (selector.uses > 0) this.revised = true;
  }

  remove(key: string): void {
    const selector = this.#get(key);
    this.#deactivate(selector);
    selector.message = undefined;
    this.#activate(selector);
    this.#forget(selector);
  }

  setMember(key: string, identity: Identity, present: boolean): void {
    const selector = this.#get(key);
    if (selector.members.has(identity) === present) return;
    identity.memberships += present ? 1 : -1;
    if (present) selector.members.add(identity);
    else selector.members.delete(identity);
    if (selector.id >= 0) this.#setElement(selector, identity);
    this.#forget(selector);
  }

  /** One more table names it. */
  use(key: string): Selector {
    const selector = this.#get(key);
    selector.uses++;
    if (selector.uses === 1) this.#activate(selector);
    return selector;
  }

  unuse(selector: Selector): void {
    selector.uses--;
    if (selector.uses > 0) return;
    this.#deactivate(selector);
    this.#missing.delete(selector);
    this.#forget(selector);
  }

  /** Throws when a table names a selector that the bundle does not have. */
  check(): void {
    for (const selector of this.#missing)
      throw invalid('a table names a selector that is not in the bundle', selector.key);
  }

  settle(): void {
    this.#free.push(...this.#released);
    this.#released = [];
    this.revised = false;
  }

  /** A new element that is no selector's and stands for itself in `plain`. */
  newMarker(): number {
    return this.#nextBlock++ * 2 + 1;
  }

  /** Elements of an identity. */
  identitySet(identity: number): SetId {
    return this.#identitySets.get(identity) ?? 0;
  }

  /** The same set with selectors in place of their blocks. */
  plain(set: SetId): SetId {
    const known = this.#plain.get(set);
    if (known !== undefined) return known;
    const list = this.#sets.list(set);
    const result = this.#sets.of(list.map((element) => this.#selectorOfBlock.get(element) ?? element));
    this.#plain.set(set, result);
    return result;
  }

  #get(key: string): Selector {
    let selector = this.#byKey.get(key);
    if (!selector) {
      selector = { key, message: undefined, uses: 0, members: new Set(), id: -1, elements: [] };
      this.#byKey.set(key, selector);
    }
    return selector;
  }

  #forget(selector: Selector): void {
    if (!selector.message && selector.uses === 0 && selector.members.size === 0)
      this.#byKey.delete(selector.key);
  }

  #activate(selector: Selector): void {
    if (selector.uses === 0) return;
    if (!selector.message) {
      this.#missing.add(selector);
      return;
    }
    this.#missing.delete(selector);
    selector.id = this.#free.pop() ?? this.#nextId++;
    if (selector.message.any) return;
    selector.elements = (selector.message.blocks ?? []).map((block) => this.#element(selector.id, block));
    this.#name(selector, prefixOperation.addName);
    for (const identity of selector.members) this.#setElement(selector, identity);
  }

  #element(id: number, block: weir.bundle.v1.IBlock): number {
    if (!block.excepts?.length) return id * 2;
    const element = this.#nextBlock++ * 2 + 1;
    this.#selectorOfBlock.set(element, id * 2);
    return element;
  }

  #deactivate(selector: Selector): void {
    if (selector.id < 0) return;
    if (!selector.message?.any) {
      this.#name(selector, prefixOperation.removeName);
      for (const { index } of selector.members) this.#put(index, selector.id * 2, false);
    }
    this.#released.push(selector.id);
    selector.id = -1;
    selector.elements = [];
  }

  #name(selector: Selector, operation: number): void {
    const { blocksMatchPods, blocksMatchNodes } = selector.message ?? {};
    const scope = (blocksMatchPods ? nameFlag.pods : 0) | (blocksMatchNodes ? nameFlag.nodes : 0);
    for (const [index, block] of (selector.message?.blocks ?? []).entries()) {
      const element = selector.elements[index] ?? 0;
      this.#push(selector, block, nameOperation(operation, scope), element);
      for (const hole of block.excepts ?? [])
        this.#push(selector, hole, nameOperation(operation, scope | nameFlag.hole), element);
    }
  }

  #push(selector: Selector, block: weir.bundle.v1.IExcept, operation: number, element: number): void {
    const address = block.address ?? new Uint8Array();
    const length = block.length ?? 0;
    if ((address.length !== 4 && address.length !== 16) || length > address.length * 8)
      throw invalid('a block of a selector is neither IPv4 nor IPv6', selector.key);
    this.#operations[address.length === 4 ? 4 : 6].pushBytes(address, length, operation, element);
  }

  /** The host may have several keys in the bundle: it is a member as long as one of them is. */
  #setElement(selector: Selector, identity: Identity): void {
    if (selector.message?.any) return;
    const present =
      identity.index === hostIdentity ? this.#hasHost(selector) : selector.members.has(identity);
    this.#put(identity.index, selector.id * 2, present);
  }

  #hasHost(selector: Selector): boolean {
    for (const { index } of selector.members) if (index === hostIdentity) return true;
    return false;
  }

  #put(identity: number, element: number, present: boolean): void {
    const former = this.identitySet(identity);
    const set = present ? this.#sets.add(former, element) : this.#sets.remove(former, element);
    if (set === former) return;
    if (set === 0) this.#identitySets.delete(identity);
    else this.#identitySets.set(identity, set);
    for (const slot of this.#slots.of(identity)) this.#slots.touch(slot);
  }
}
