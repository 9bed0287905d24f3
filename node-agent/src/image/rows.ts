import type { Classes } from './classes.ts';
import type { IdSets } from './id-sets.ts';
import { overLimit } from './invalid.ts';
import { imageLimits, outcomeFlag } from './layout.ts';
import { Outcomes } from './outcomes.ts';
import { evaluateRow, type PolicyTable } from './policy-table.ts';
import type { PortClasses } from './port-classes.ts';
import { matchClasses, type TableMatches } from './table-matches.ts';
import { at, grown } from './words.ts';

/** A table with its place in the array rowidx. */
interface PlacedTable extends TableMatches {
  readonly place: number;
}

const openPlace = 0;

/** The arrays rowidx, row and outcome. */
export class Rows {
  readonly #sets: IdSets;
  readonly #classes: Classes;
  readonly #ports: PortClasses;
  readonly #tables = new Map<string, PlacedTable>();
  readonly #fresh = new Set<PlacedTable>();
  #places = openPlace + 1;
  #freePlaces: number[] = [];
  #stride = 0;
  #outcomes = new Outcomes();
  #row = new Uint16Array(64);
  #rowCount = 0;
  #byContent = new Map<string, number>();
  #openRow = -1;
  #rowidx = new Uint32Array(64);

  constructor(sets: IdSets, classes: Classes, ports: PortClasses) {
    this.#sets = sets;
    this.#classes = classes;
    this.#ports = ports;
  }

  get rowidx(): { readonly words: Uint32Array<ArrayBuffer>; readonly length: number } {
    return { words: this.#rowidx, length: this.#places * this.#stride };
  }

  get row(): { readonly words: Uint16Array<ArrayBuffer>; readonly length: number } {
    return { words: this.#row, length: this.#rowCount * this.#ports.count };
  }

  get outcome(): { readonly words: Uint32Array<ArrayBuffer>; readonly length: number } {
    return { words: this.#outcomes.words, length: this.#outcomes.size * 2 };
  }

  get tables(): Iterable<PolicyTable> {
    return [...this.#tables.values()].map(({ table }) => table);
  }

  table(key: string): PolicyTable | undefined {
    return this.#tables.get(key)?.table;
  }

  /** First element in rowidx of a table; of the table that allows all where the key is empty. */
  base(key: string, { stride }: Computed): number | undefined {
    if (key === '') return openPlace * stride;
    const placed = this.#tables.get(key);
    return placed && placed.place * stride;
  }

  add(table: PolicyTable): void {
    const place = this.#freePlaces.pop() ?? this.#places++;
    const placed = {
      table,
      place,
      ofClass: new Uint32Array(),
      subsets: [],
      bySelectors: new Map(),
      parts: undefined,
    };
    this.#tables.set(table.key, placed);
    this.#fresh.add(placed);
  }

  remove(key: string): void {
    const placed = this.#tables.get(key);
    if (!placed) return;
    this.#tables.delete(key);
    this.#fresh.delete(placed);
    this.#freePlaces.push(placed.place);
  }

  /** Says that selectors of tables that are here already match others than before. */
  forgetMatches(): void {
    for (const placed of this.#tables.values()) {
      placed.subsets.length = 0;
      placed.bySelectors.clear();
      placed.parts = undefined;
      this.#fresh.add(placed);
    }
  }

  /**
   * Computes what tables, classes and port classes have changed to. Throws over the limits, before any word is
   * written; `write` writes them.
   */
  compute(): Computed {
    const ports = this.#ports.renew();
    const classes = this.#classes.size;
    if (classes > imageLimits.classes) throw overLimit('peer classes', classes, imageLimits.classes);
    const restride = classes > this.#stride;
    const stride = restride
      ? Math.min(imageLimits.classes, (Math.ceil(classes * 1.25) + 17) & ~1)
      : this.#stride;
    const length = this.#places * stride;
    if (length > imageLimits.rowidx)
      throw overLimit(`tables × classes (${this.#places} × ${stride})`, length, imageLimits.rowidx);
    this.#match(stride);
    const anew = ports.kind === 'other' || this.#openRow < 0 || this.#isWasteful();
    if (anew) this.#forgetRows();
    else if (ports.kind === 'finer') this.#split(ports.formerCount, ports.parents);
    this.#fillRows();
    return { stride, all: restride || anew || ports.kind !== 'same' };
  }

  #isWasteful(): boolean {
    let live = 1;
    for (const { subsets } of this.#tables.values()) live += subsets.length;
    return this.#rowCount > 64 + live * 2;
  }

  #forgetRows(): void {
    for (const { subsets } of this.#tables.values()) for (const subset of subsets) subset.row = -1;
    this.#outcomes = new Outcomes();
    this.#byContent = new Map();
    this.#row = new Uint16Array(64);
    this.#rowCount = 0;
    this.#openRow = -1;
  }

  /** Writes every row with finer port classes; rows that differ go on to differ. */
  #split(formerCount: number, parents: Uint16Array<ArrayBuffer>): void {
    const former = this.#row;
    const rows = this.#rowCount;
    this.#row = new Uint16Array(64);
    this.#rowCount = 0;
    this.#byContent = new Map();
    const row = new Uint16Array(parents.length);
    for (let number = 0; number < rows; number++) {
      for (const [portClass, parent] of parents.entries())
        row[portClass] = at(former, number * formerCount + parent);
      this.#intern(row);
    }
  }

  #fillRows(): void {
    const number = (flags: number, cookie: number) => this.#outcomes.number(flags, cookie);
    const count = this.#ports.count;
    if (this.#openRow < 0) {
      const open = number(outcomeFlag.allow, 0);
      this.#openRow = this.#intern(new Uint16Array(count).fill(open));
    }
    for (const { table, subsets } of this.#tables.values())
      for (const subset of subsets)
        if (subset.row < 0) subset.row = this.#intern(evaluateRow(table, subset.matches, count, number));
  }

  #intern(row: Uint16Array<ArrayBuffer>): number {
    const content = Buffer.from(row.buffer).toString('latin1');
    const known = this.#byContent.get(content);
    if (known !== undefined) return known;
    const number = this.#rowCount++;
    const length = this.#rowCount * row.length;
    if (length > imageLimits.row)
      throw overLimit(`rows × port classes (${this.#rowCount} × ${row.length})`, length, imageLimits.row);
    if (length > this.#row.length) {
      const larger = new Uint16Array(Math.max(length + 4, this.#row.length * 2) & ~3);
      larger.set(this.#row);
      this.#row = larger;
    }
    this.#row.set(row, number * row.length);
    this.#byContent.set(content, number);
    return number;
  }

  /** Finds for new tables and new classes which selectors match. */
  #match(stride: number): void {
    for (const placed of this.#tables.values()) {
      placed.ofClass = grownTo(placed.ofClass, stride);
      const numbers = this.#fresh.has(placed) ? this.#allClasses() : this.#classes.created;
      matchClasses(placed, numbers, this.#classes, this.#sets);
    }
  }

  *#allClasses(): Generator<number> {
    for (let number = 0; number < this.#classes.size; number++) yield number;
  }

  /** Writes rowidx. */
  write({ stride, all }: Computed): void {
    this.#stride = stride;
    this.#rowidx = grown(this.#rowidx, this.#places * stride);
    if (all) this.#rowidx.fill(this.#openRow * this.#ports.count, openPlace, stride);
    for (const placed of this.#tables.values()) {
      if (all || this.#fresh.has(placed)) this.#writeTable(placed, 0, this.#classes.size);
      else for (const number of this.#classes.created) this.#writeTable(placed, number, number + 1);
    }
    this.#fresh.clear();
  }

  #writeTable({ place, ofClass, subsets }: PlacedTable, from: number, to: number): void {
    const base = place * this.#stride;
    const count = this.#ports.count;
    for (let number = from; number < to; number++)
      this.#rowidx[base + number] = (subsets[at(ofClass, number)]?.row ?? 0) * count;
  }
}

/** What `compute` has found out for `write`. */
export interface Computed {
  readonly stride: number;
  readonly all: boolean;
}

const grownTo = (array: Uint32Array<ArrayBuffer>, length: number): Uint32Array<ArrayBuffer> => {
  if (array.length >= length) return array;
  const larger = new Uint32Array(length);
  larger.set(array);
  return larger;
};
