import { type BlockId, type BlockNames, noBlock } from './block-names.ts';
import type { IdSets } from './id-sets.ts';
import { type AddressWords, compareKeys, containsKey, KeyList, type Keys, wordMask } from './key-list.ts';
import { noValue, PrefixColumns } from './prefix-columns.ts';
import { hostIdentity, type Slots } from './slots.ts';
import { at } from './words.ts';

/** Operations of a KeyList for a PrefixTable; the two of names are followed by nameFlags, shifted by 8. */
export const prefixOperation = { identity: 0, local: 1, addName: 2, removeName: 3 } as const;
export const nameOperation = (operation: number, flags: number): number => operation | (flags << 8);

/** What several prefix tables share. */
export interface AddressMeaning {
  readonly names: BlockNames;
  readonly slots: Slots;
  readonly sets: IdSets;
  /** Whether blocks match the addresses of an identity as they match the world's. */
  readonly isOfWorld: (identity: number) => boolean;
}

/**
 * All prefixes of one family that a bundle names (of identities, of the node itself, blocks, holes), each with
 * the slot of the addresses for which it is the longest.
 */
export class PrefixTable {
  readonly #meaning: AddressMeaning;
  readonly #base: BlockId;
  #columns: PrefixColumns;
  #spare: PrefixColumns;
  readonly #scratch: KeyList;
  readonly #asked: KeyList;

  constructor(words: AddressWords, base: BlockId, meaning: AddressMeaning) {
    this.#meaning = meaning;
    this.#base = base;
    this.#scratch = new KeyList(words);
    this.#asked = new KeyList(words);
    this.#columns = new PrefixColumns(words, 64);
    this.#spare = new PrefixColumns(words, 64);
    const root = new KeyList(words);
    root.pushBytes(new Uint8Array(words * 4), 0, 0, 0);
    this.#columns.appendKey(root, 0);
    this.#columns.block[0] = base;
    this.#scan(0, 1);
  }

  get columns(): PrefixColumns {
    return this.#columns;
  }

  /** Carries the operations out; gives the prefixes that are new, gone or have another value, sorted. */
  apply(operations: KeyList): KeyList {
    const changed = new KeyList(operations.words);
    const roots = this.#merge(operations, changed);
    if (roots.size * 8 > this.#columns.size) this.#scan(0, this.#columns.size, changed);
    else this.#scanInside(roots, changed);
    return sortedKeys(changed);
  }

  #scanInside(roots: KeyList, changed: KeyList): void {
    let last = -1;
    for (let root = 0; root < roots.size; root++) {
      if (last >= 0 && containsKey(roots, last, roots, root)) continue;
      last = root;
      const start = this.#columns.lowerBound(roots, root);
      this.#scan(start, this.#end(roots, root, start), changed);
    }
  }

  /** First row behind those inside a key. */
  #end(keys: Keys, index: number, start: number): number {
    const columns = this.#columns;
    let low = start;
    let high = columns.size;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (containsKey(keys, index, columns, middle)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Gives the keys whose rows and whose inner rows have to be looked at. */
  #merge(operations: KeyList, changed: KeyList): KeyList {
    const former = this.#columns;
    const next = this.#room(former.size + operations.size);
    const roots = new KeyList(operations.words);
    const order = operations.sorted();
    let position = 0;
    for (let first = 0; first < order.length; ) {
      const key = at(order, first);
      const place = former.lowerBound(operations, key, position);
      next.append(former, position, place);
      position = place;
      if (place < former.size && compareKeys(former, place, operations, key) === 0) {
        next.append(former, place, place + 1);
        position++;
      } else next.appendKey(operations, key);
      const row = next.size - 1;
      for (
        ;
        first < order.length && compareKeys(operations, at(order, first), operations, key) === 0;
        first++
      )
        this.#operate(next, row, operations, at(order, first));
      roots.pushKey(operations, key);
      if (isEmpty(next, row)) this.#remove(next, row, changed);
    }
    next.append(former, position, former.size);
    this.#spare = former;
    this.#columns = next;
    return roots;
  }

  #remove(columns: PrefixColumns, row: number, changed: KeyList): void {
    const value = at(columns.value, row);
    if (value !== noValue) {
      changed.pushKey(columns, row);
      this.#meaning.slots.drop(value);
    }
    columns.size--;
  }

  #room(size: number): PrefixColumns {
    const spare = this.#spare;
    if (spare.capacity >= size) {
      spare.size = 0;
      return spare;
    }
    return new PrefixColumns(spare.words, Math.ceil(size * 1.25) + 64);
  }

  #operate(columns: PrefixColumns, row: number, operations: KeyList, index: number): void {
    const { names } = this.#meaning;
    const operation = at(operations.operation, index);
    const argument = at(operations.argument, index);
    switch (operation & 255) {
      case prefixOperation.identity:
        columns.identity[row] = argument;
        return;
      case prefixOperation.local:
        columns.local[row] = argument;
        return;
      case prefixOperation.addName: {
        if (at(columns.block, row) === noBlock)
          columns.block[row] = names.acquire(columns.words === 1 ? 4 : 6);
        names.add(at(columns.block, row), argument, operation >>> 8);
        return;
      }
      default: {
        const block = at(columns.block, row);
        names.remove(block, argument, operation >>> 8);
        if (names.isNamed(block) || block === this.#base) return;
        names.release(block);
        columns.block[row] = noBlock;
      }
    }
  }

  #scan(start: number, end: number, changed?: KeyList): void {
    if (start === end) return;
    const columns = this.#columns;
    const around = [this.#nearestAround(start)];
    for (let row = start; row < end; row++) {
      let parent = around.at(-1) ?? -1;
      while (parent >= 0 && !containsKey(columns, parent, columns, row)) {
        around.pop();
        parent = around.at(-1) ?? -1;
      }
      this.#derive(row, parent);
      this.#setValue(row, changed);
      around.push(row);
    }
  }

  /** Value of the search for an address. */
  valueAt(address: Uint8Array): number {
    const columns = this.#columns;
    const whole = this.#asked;
    whole.clear();
    whole.pushBytes(address, columns.words * 32, 0, 0);
    const row = columns.lowerBound(whole, 0);
    const isThere = row < columns.size && compareKeys(columns, row, whole, 0) === 0;
    return at(columns.value, isThere ? row : this.#nearest(whole, 0, row - 1));
  }

  /** The row of the longest prefix around a row; -1 for /0. */
  #nearestAround(row: number): number {
    return this.#nearest(this.#columns, row, row - 1);
  }

  /** The row of the longest prefix around a key, among `last` and those around it; -1 for none. */
  #nearest(keys: Keys, index: number, last: number): number {
    const columns = this.#columns;
    const key = this.#scratch;
    let candidate = last;
    while (candidate >= 0 && !containsKey(columns, candidate, keys, index)) {
      key.clear();
      key.pushKey(columns, candidate);
      const length = at(columns.parent, candidate);
      key.length[0] = length;
      for (let word = 0; word < key.words; word++)
        key.address[word] = at(key.address, word) & wordMask(word, length);
      candidate = columns.lowerBound(key, 0);
    }
    return candidate;
  }

  #derive(row: number, parent: number): void {
    const { names, sets } = this.#meaning;
    const columns = this.#columns;
    const outer = parent < 0 ? noBlock : at(columns.innerBlock, parent);
    const outerOwners = parent < 0 ? noBlock : at(columns.innerOwners, parent);
    const block = at(columns.block, row);
    if (block !== noBlock) names.derive(block, outer, outerOwners, sets);
    const forOwners = block !== noBlock && (parent < 0 || names.isNamedForOwners(block));
    columns.parent[row] = parent < 0 ? noValue : at(columns.length, parent);
    columns.innerIdentity[row] =
      at(columns.identity, row) || (parent < 0 ? 0 : at(columns.innerIdentity, parent));
    columns.innerBlock[row] = block === noBlock ? outer : block;
    columns.innerOwners[row] = forOwners ? block : outerOwners;
  }

  #setValue(row: number, changed: KeyList | undefined): void {
    const { slots } = this.#meaning;
    const columns = this.#columns;
    const former = at(columns.value, row);
    const value = this.#take(row);
    if (former !== noValue) slots.drop(former);
    slots.touch(value);
    columns.value[row] = value;
    if (value !== former) changed?.pushKey(columns, row);
  }

  #take(row: number): number {
    const { slots } = this.#meaning;
    const columns = this.#columns;
    const identity = at(columns.innerIdentity, row);
    const block = at(columns.innerBlock, row);
    const ownersBlock = at(columns.innerOwners, row);
    if (identity === hostIdentity || (identity === 0 && at(columns.local, row) === 1))
      return slots.takeLocal(ownersBlock, block);
    if (identity === 0) return slots.takeWorld(block);
    return slots.take(identity, this.#meaning.isOfWorld(identity) ? block : ownersBlock);
  }
}

const isEmpty = (columns: PrefixColumns, row: number): boolean =>
  at(columns.length, row) !== 0 &&
  at(columns.identity, row) === 0 &&
  at(columns.local, row) === 0 &&
  at(columns.block, row) === noBlock;

/** Each key once, in order. */
function sortedKeys(keys: KeyList): KeyList {
  const result = new KeyList(keys.words);
  for (const index of keys.sorted())
    if (result.size === 0 || compareKeys(result, result.size - 1, keys, index) !== 0)
      result.pushKey(keys, index);
  return result;
}
