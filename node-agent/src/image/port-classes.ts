import { overLimit } from './invalid.ts';
import { arrayLayouts, imageLimits, portGroup } from './layout.ts';
import { at } from './words.ts';

/** Protocols and ports of table entries, each kept once. */
export interface PortRange {
  /** 0: every protocol. */
  readonly protocol: number;
  readonly first: number;
  readonly last: number;
  uses: number;
  /** The classes that it is made of. */
  classes: Uint16Array;
}

/** What `renew` has done: nothing, split classes (each new class lies in one former class, its parent), or else. */
export type PortChange =
  | { readonly kind: 'same' }
  | { readonly kind: 'other' }
  | { readonly kind: 'finer'; readonly formerCount: number; readonly parents: Uint16Array<ArrayBuffer> };

interface Division {
  readonly words: Uint16Array<ArrayBuffer>;
  /** By the ranges that cover the ports of a class. */
  readonly numbers: Map<string, number>;
  readonly members: Map<PortRange, Set<number>>;
}

interface Interval {
  readonly first: number;
  readonly last: number;
}

const groups = [0, 1, 2, 3] as const;

/** Port classes: ports of protocols that no range of any table tells apart. */
export class PortClasses {
  readonly #ranges = new Map<string, PortRange>();
  #stale = true;
  /** The array portcls. */
  words = new Uint16Array(arrayLayouts.portcls.fixedLength ?? 0);
  count = 0;

  use(protocol: number, first: number, last: number): PortRange {
    const key = `${protocol}/${first}/${last}`;
    let range = this.#ranges.get(key);
    if (!range) {
      range = { protocol, first, last, uses: 0, classes: new Uint16Array() };
      this.#ranges.set(key, range);
      this.#stale = true;
    }
    range.uses++;
    return range;
  }

  /** The classes stay as fine as they are until a new range comes. */
  unuse(range: PortRange): void {
    range.uses--;
  }

  /** The class of one port, as of the last `renew`. */
  at(protocol: number, port: number): number {
    const group = portGroup(protocol);
    return at(this.words, (group << 16) | (group === 3 ? protocol << 8 : port));
  }

  /** Brings the classes up to date. Throws over the limit. */
  renew(): PortChange {
    if (!this.#stale) return { kind: 'same' };
    const isFirst = this.count === 0;
    const dropped = this.#dropUnused();
    const division = { words: new Uint16Array(this.words.length), numbers: new Map(), members: new Map() };
    for (const group of groups) this.#divide(group, division);
    const { words, numbers, members } = division;
    if (numbers.size > imageLimits.portClasses)
      throw overLimit('port classes', numbers.size, imageLimits.portClasses);
    for (const range of this.#ranges.values())
      range.classes = Uint16Array.from([...(members.get(range) ?? [])].sort((x, y) => x - y));
    const former = this.words;
    const formerCount = this.count;
    this.words = words;
    this.count = numbers.size;
    this.#stale = false;
    if (isFirst || dropped) return { kind: 'other' };
    return { kind: 'finer', formerCount, parents: parentsOf(words, former, numbers.size) };
  }

  /** Forgets ranges that no table uses, once most are such; gives whether it did. */
  #dropUnused(): boolean {
    const unused = [...this.#ranges].filter(([, { uses }]) => uses === 0);
    if (unused.length < 16 || unused.length * 2 < this.#ranges.size) return false;
    for (const [key] of unused) this.#ranges.delete(key);
    return true;
  }

  #divide(group: 0 | 1 | 2 | 3, { words, numbers, members }: Division): void {
    const ranges = [...this.#ranges.values()];
    const starts = changesIn(group, ranges);
    const active = new Set<number>();
    const ports = [...starts.keys()].sort((a, b) => a - b);
    for (const [index, port] of ports.entries()) {
      for (const range of starts.get(port)?.end ?? []) active.delete(range);
      for (const range of starts.get(port)?.begin ?? []) active.add(range);
      const text = [...active].sort((a, b) => a - b).join();
      const number = numbers.get(text) ?? numbers.size;
      numbers.set(text, number);
      const base = group * 65_536;
      words.fill(number, base + port, base + (ports[index + 1] ?? 65_536));
      for (const range of active) remember(members, ranges[range], number);
    }
  }
}

function parentsOf(
  words: Uint16Array<ArrayBuffer>,
  former: Uint16Array<ArrayBuffer>,
  count: number,
): Uint16Array<ArrayBuffer> {
  const parents = new Uint16Array(count);
  for (let index = 0; index < words.length; index++) parents[at(words, index)] = at(former, index);
  return parents;
}

/** At a port: the ranges (by index) that begin there and that ended just before. */
interface RangeEnds {
  readonly begin: number[];
  readonly end: number[];
}

function changesIn(group: 0 | 1 | 2 | 3, ranges: readonly PortRange[]): ReadonlyMap<number, RangeEnds> {
  const changes = new Map<number, RangeEnds>([[0, { begin: [], end: [] }]]);
  const change = (port: number): RangeEnds => {
    const known = changes.get(port) ?? { begin: [], end: [] };
    changes.set(port, known);
    return known;
  };
  for (const [index, range] of ranges.entries()) {
    const interval = intervalIn(group, range);
    if (!interval) continue;
    change(interval.first).begin.push(index);
    if (interval.last < 65_535) change(interval.last + 1).end.push(index);
  }
  return changes;
}

function remember(members: Map<PortRange, Set<number>>, range: PortRange | undefined, number: number): void {
  if (!range) return;
  const known = members.get(range);
  if (known) known.add(number);
  else members.set(range, new Set([number]));
}

/** What a range is in a group of the array portcls. */
function intervalIn(group: 0 | 1 | 2 | 3, range: PortRange): Interval | undefined {
  const { protocol, first, last } = range;
  if (protocol === 0) return { first: 0, last: 65_535 };
  if (portGroup(protocol) !== group) return undefined;
  const interval =
    group === 3
      ? { first: (protocol << 8) + first, last: (protocol << 8) + Math.min(last, 255) }
      : { first, last: Math.min(last, 65_535) };
  return interval.first <= interval.last && interval.last <= 65_535 ? interval : undefined;
}
