import type { Classes } from './classes.ts';
import type { IdSets } from './id-sets.ts';
import { overLimit } from './invalid.ts';
import { judgeTargets } from './judge-targets.ts';
import { imageLimits, outcomeFlag } from './layout.ts';
import { Outcomes } from './outcomes.ts';
import { evaluateRow, type PolicyTable } from './policy-table.ts';
import type { PortClasses } from './port-classes.ts';
import type { Services } from './services.ts';
import { matchClasses, type Subset, type TableMatches } from './table-matches.ts';
import { at, grown, keyText } from './words.ts';

/** A table as one endpoint meets it that is behind services itself: other rows for some classes. */
interface Variant {
  readonly table: PlacedTable;
  readonly rows: readonly (readonly [peerClass: number, row: number])[];
  readonly place: number;
}

/** A table with its place in the array rowidx. */
interface PlacedTable extends TableMatches {
  readonly place: number;
}

const openPlace = 0;
const nobody: ReadonlySet<string> = new Set();

export interface RowsOptions {
  readonly sets: IdSets;
  readonly classes: Classes;
  readonly ports: PortClasses;
  readonly services: Services;
}

/** The arrays rowidx, row and outcome. */
export class Rows {
  readonly #sets: IdSets;
  readonly #classes: Classes;
  readonly #ports: PortClasses;
  readonly #tables = new Map<string, PlacedTable>();
  readonly #fresh = new Set<PlacedTable>();
  /** Tables some of whose rows are others now. */
  readonly #rewritten = new Set<PlacedTable>();
  readonly #services: Services;
  readonly #variants = new Map<string, Variant>();
  #places = openPlace + 1;
  #freePlaces: number[] = [];
  #stride = 0;
  #outcomes = new Outcomes();
  #row = new Uint16Array(64);
  #rowCount = 0;
  #byContent = new Map<string, number>();
  #openRow = -1;
  #rowidx = new Uint32Array(64);

  constructor({ sets, classes, ports, services }: RowsOptions) {
    this.#services = services;
    this.#sets = sets;
    this.#classes = classes;
    this.#ports = ports;
  }

  get rowidx(): { readonly words: Uint32Array<ArrayBuffer>; readonly length: number } {
    return { words: this.#rowidx, length: (this.#places + this.#variants.size) * this.#stride };
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

  /**
   * First element in rowidx of a table; of the table that allows all where the key is empty. An endpoint with these
   * addresses reaches itself through its services whatever the table says.
   */
  base(key: string, own: readonly Uint8Array[], { stride }: Computed): number | undefined {
    if (key === '') return openPlace * stride;
    const placed = this.#tables.get(key);
    if (!placed) return undefined;
    if (!placed.table.isEgress) return placed.place * stride;
    const behind = new Set(own.flatMap((address) => [...this.#services.elementsBehind(address)]));
    if (behind.size === 0) return placed.place * stride;
    const place = this.#placeFor(placed, behind, new Set(own.map(keyText)));
    this.#checkPlaces(stride);
    return place * stride;
  }

  /** `behind`: elements of services; `self`: addresses that are behind them (latin1). */
  #placeFor(table: PlacedTable, behind: ReadonlySet<number>, self: ReadonlySet<string>): number {
    const rows: [number, number][] = [];
    for (let number = 0; number < this.#classes.size; number++) {
      const subset = this.#classes.signature(number) && table.subsets[at(table.ofClass, number)];
      if (!subset?.services.some((element) => behind.has(element))) continue;
      const row = this.#judged(table, subset, self);
      if (row !== subset.row) rows.push([number, row]);
    }
    if (rows.length === 0) return table.place;
    const key = `${table.place} ${rows.join(' ')}`;
    let variant = this.#variants.get(key);
    if (!variant) {
      variant = { table, rows, place: this.#places + this.#variants.size };
      this.#variants.set(key, variant);
    }
    return variant.place;
  }

  #checkPlaces(stride: number): void {
    const places = this.#places + this.#variants.size;
    const length = places * stride;
    if (length > imageLimits.rowidx)
      throw overLimit(`tables × classes (${places} × ${stride})`, length, imageLimits.rowidx);
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
    this.#rewritten.delete(placed);
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
    this.#variants.clear();
    this.#checkPlaces(stride);
    this.#match(stride);
    this.#forgetTargets(this.#services.takeDirty());
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
    for (const { subsets } of this.#tables.values()) {
      for (const subset of subsets) {
        subset.row = -1;
        subset.plainRow = -1;
      }
    }
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
    for (const placed of this.#tables.values())
      for (const subset of placed.subsets)
        if (subset.plainRow < 0)
          subset.plainRow = this.#intern(evaluateRow(placed.table, subset.matches, count, number));
    for (const placed of this.#tables.values()) this.#fillJudged(placed);
  }

  /** Once the plain rows of the table are there. */
  #fillJudged(placed: PlacedTable): void {
    for (const subset of placed.subsets) {
      if (subset.row >= 0) continue;
      subset.row = subset.services.length > 0 ? this.#judged(placed, subset, nobody) : subset.plainRow;
    }
  }

  /** The row of a class with services; `self`: addresses (latin1) that the endpoint itself has. */
  #judged(table: PlacedTable, subset: Subset, self: ReadonlySet<string>): number {
    const count = this.#ports.count;
    const row = this.#row.slice(subset.plainRow * count, (subset.plainRow + 1) * count);
    const outcomes = this.#outcomes;
    judgeTargets(row, this.#services.targetsOf(subset.services), {
      isAllowed: (outcome) => outcomes.isAllowed(outcome),
      nowhere: outcomes.number(0, 0),
      outcomeAt: ({ text, peerClass }, protocol, port) => {
        if (self.has(text)) return outcomes.number(outcomeFlag.allow, 0);
        const plain = table.subsets[at(table.ofClass, peerClass)]?.plainRow ?? 0;
        return at(this.#row, plain * count + this.#ports.at(protocol, port));
      },
    });
    return this.#intern(row);
  }

  /** Says that these elements of services lead somewhere else than before. */
  #forgetTargets(elements: ReadonlySet<number>): void {
    if (elements.size === 0) return;
    for (const placed of this.#tables.values()) {
      for (const subset of placed.subsets) {
        if (!subset.services.some((element) => elements.has(element))) continue;
        subset.row = -1;
        this.#rewritten.add(placed);
      }
    }
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
    this.#rowidx = grown(this.#rowidx, (this.#places + this.#variants.size) * stride);
    if (all) this.#rowidx.fill(this.#openRow * this.#ports.count, openPlace, stride);
    for (const placed of this.#tables.values()) {
      if (all || this.#fresh.has(placed) || this.#rewritten.has(placed))
        this.#writeTable(placed, 0, this.#classes.size);
      else for (const number of this.#classes.created) this.#writeTable(placed, number, number + 1);
    }
    this.#fresh.clear();
    this.#rewritten.clear();
    for (const variant of this.#variants.values()) this.#writeVariant(variant);
  }

  #writeVariant({ table, rows, place }: Variant): void {
    const base = place * this.#stride;
    const from = table.place * this.#stride;
    this.#rowidx.copyWithin(base, from, from + this.#stride);
    for (const [peerClass, row] of rows) this.#rowidx[base + peerClass] = row * this.#ports.count;
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
