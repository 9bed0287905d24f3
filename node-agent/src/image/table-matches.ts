import type { Classes, Signature } from './classes.ts';
import type { IdSets } from './id-sets.ts';
import type { PolicyTable } from './policy-table.ts';

/** Which of a table's selectors match each class. */
export interface TableMatches {
  readonly table: PolicyTable;
  /** Index into `subsets` for each class. */
  ofClass: Uint32Array<ArrayBuffer>;
  readonly subsets: Subset[];
  readonly bySelectors: Map<string | number, number>;
  /** How its selectors match; undefined until it is asked for. */
  parts: Parts | undefined;
}

/** What matches, one byte for each selector of the table, and the rows that follow; -1: not computed. */
export interface Subset {
  readonly matches: Uint8Array<ArrayBuffer>;
  /** Elements of services whose targets are judged by their backends; of tables for egress only. */
  readonly services: readonly number[];
  /** What the table says about the addresses themselves. */
  plainRow: number;
  /** The same with the targets of services. */
  row: number;
}

/** Finds the subsets of these classes; those that nothing has are left alone. */
export function matchClasses(
  placed: TableMatches,
  numbers: Iterable<number>,
  classes: Classes,
  sets: IdSets,
): void {
  placed.parts ??= partsOf(placed.table);
  const { parts } = placed;
  for (const number of numbers) {
    const signature = classes.signature(number);
    if (!signature) continue;
    placed.ofClass[number] = subsetOf(placed, signature, sets, parts);
  }
}

function subsetOf(placed: TableMatches, signature: Signature, sets: IdSets, parts: Parts): number {
  const matched = matchedSelectors(signature, sets, parts);
  const services = placed.table.isEgress ? markersIn(sets.list(signature.set)) : nothing;
  const plain = keyOf(signature.world, matched);
  const key = services.length > 0 ? `${plain}|${services.join()}` : plain;
  const known = placed.bySelectors.get(key);
  if (known !== undefined) return known;
  const matches = new Uint8Array(placed.table.selectors.length);
  for (const local of [...parts.always, ...(signature.world ? parts.world : []), ...matched])
    matches[local] = 1;
  const subset = placed.subsets.push({ matches, services, plainRow: -1, row: -1 }) - 1;
  placed.bySelectors.set(key, subset);
  return subset;
}

/** A table's selectors (by index in the table), by how they match. */
export interface Parts {
  readonly always: readonly number[];
  readonly world: readonly number[];
  readonly byElement: ReadonlyMap<number, readonly number[]>;
  /** 1 for each number of a selector that is in byElement; spares most look-ups. */
  readonly known: Uint8Array<ArrayBuffer>;
}

function partsOf({ selectors }: PolicyTable): Parts {
  const byElement = new Map<number, number[]>();
  for (const [local, { id }] of selectors.entries())
    byElement.set(id * 2, [...(byElement.get(id * 2) ?? []), local]);
  const known = new Uint8Array(Math.max(0, ...selectors.map(({ id }) => id)) + 1);
  for (const { id } of selectors) known[id] = 1;
  const where = (holds: (index: number) => boolean | null | undefined) =>
    [...selectors.keys()].filter((index) => holds(index) === true);
  return {
    always: where((index) => selectors[index]?.message?.any),
    world: where((index) => selectors[index]?.message?.world),
    byElement,
    known,
  };
}

/** Numbers for what most classes are: matched by one of the table's selectors or none. */
function keyOf(isWorld: boolean, matched: readonly number[]): string | number {
  const world = isWorld ? 1 : 0;
  const [first = -1] = matched;
  return matched.length > 1 ? `${world}/${matched.join()}` : (first + 1) * 2 + world;
}

const nothing: readonly number[] = [];

/** Those that are no selectors'. */
function markersIn(list: readonly number[]): readonly number[] {
  let markers: number[] | undefined;
  for (const element of list) if (element & 1) markers = (markers ?? []).concat(element);
  return markers ?? nothing;
}

function matchedSelectors(
  signature: Signature,
  sets: IdSets,
  { byElement, known }: Parts,
): readonly number[] {
  let matched: number[] | undefined;
  for (const element of sets.list(signature.set)) {
    if (known[element >> 1] !== 1) continue;
    matched = (matched ?? []).concat(byElement.get(element) ?? []);
  }
  return matched ?? nothing;
}
