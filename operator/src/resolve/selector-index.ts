import { type PodRequirement, type PodSelector, selectsLabels } from './pod-selector.ts';

/** Pods that no selector tells apart. */
export class LabelSet {
  /** Equal texts are equal sets. */
  readonly text: string;
  readonly labels: ReadonlyMap<string, string>;
  /** Keys of the pods that have exactly these labels. */
  readonly pods = new Set<string>();
  /** The indexed selectors that select it. */
  readonly matches = new Set<IndexedSelector>();

  constructor(text: string, labels: ReadonlyMap<string, string>) {
    this.text = text;
    this.labels = labels;
  }
}

/** A selector, once for all its users. */
export class IndexedSelector {
  readonly selector: PodSelector;
  /** The indexed label sets that it selects. */
  readonly matches = new Set<LabelSet>();
  /** Number of its users. */
  references = 0;

  constructor(selector: PodSelector) {
    this.selector = selector;
  }
}

export interface MatchListener {
  /** Called after both sides' `matches` have changed. */
  matched(selector: IndexedSelector, set: LabelSet): void;
  unmatched(selector: IndexedSelector, set: LabelSet): void;
}

/**
 * Which selectors select which label sets, kept while both come and go. Only candidates are compared: a selector is
 * filed under one of its requirements (its pivot), a label set under each of its labels.
 */
export class SelectorIndex {
  readonly #listener: MatchListener;
  readonly #sets = new Postings<LabelSet>();
  readonly #selectors = new Postings<IndexedSelector>();
  readonly #pivots = new Map<IndexedSelector, readonly string[]>();

  constructor(listener: MatchListener) {
    this.#listener = listener;
  }

  addSelector(selector: IndexedSelector): void {
    const pivot = this.#choosePivot(selector.selector);
    this.#pivots.set(selector, pivot);
    for (const place of pivot) this.#selectors.add(place, selector);
    for (const place of pivot) {
      for (const set of this.#sets.at(place)) this.#compare(selector, set);
    }
  }

  removeSelector(selector: IndexedSelector): void {
    for (const place of this.#pivots.get(selector) ?? []) this.#selectors.delete(place, selector);
    this.#pivots.delete(selector);
    for (const set of selector.matches) this.#unlink(selector, set);
  }

  addSet(set: LabelSet): void {
    for (const place of placesOf(set)) this.#sets.add(place, set);
    for (const place of placesOf(set)) {
      for (const selector of this.#selectors.at(place)) this.#compare(selector, set);
    }
  }

  removeSet(set: LabelSet): void {
    for (const place of placesOf(set)) this.#sets.delete(place, set);
    for (const selector of set.matches) this.#unlink(selector, set);
  }

  #compare(selector: IndexedSelector, set: LabelSet): void {
    if (selector.matches.has(set) || !selectsLabels(selector.selector, set.labels)) return;
    selector.matches.add(set);
    set.matches.add(selector);
    this.#listener.matched(selector, set);
  }

  #unlink(selector: IndexedSelector, set: LabelSet): void {
    selector.matches.delete(set);
    set.matches.delete(selector);
    this.#listener.unmatched(selector, set);
  }

  /** Where fewest others are: few to compare with now, and few that a new label set finds there. */
  #choosePivot({ requirements }: PodSelector): readonly string[] {
    let best: readonly string[] = [everywhere];
    let least = Number.POSITIVE_INFINITY;
    for (const requirement of requirements) {
      const places = placesOfRequirement(requirement);
      if (places === undefined) continue;
      let size = 0;
      for (const place of places) size += this.#sets.sizeAt(place) + this.#selectors.sizeAt(place);
      if (size < least) [best, least] = [places, size];
    }
    return best;
  }
}

/** Where every label set is filed. */
const everywhere = '';

const pairPlace = (key: string, value: string): string => `${key}=${value}`;
const keyPlace = (key: string): string => `${key}?`;

function* placesOf({ labels }: LabelSet): Generator<string> {
  yield everywhere;
  for (const [key, value] of labels) {
    yield pairPlace(key, value);
    yield keyPlace(key);
  }
}

/** Every label set that meets the requirement is at one of these places; undefined: it may be anywhere. */
function placesOfRequirement({ key, operator, values }: PodRequirement): readonly string[] | undefined {
  switch (operator) {
    case 'In':
      return values.map((value) => pairPlace(key, value));
    case 'Exists':
      return [keyPlace(key)];
    case 'NotIn':
    case 'DoesNotExist':
      return undefined;
  }
}

/** Sets by place; empty ones are dropped. */
class Postings<T> {
  readonly #byPlace = new Map<string, Set<T>>();

  at(place: string): Iterable<T> {
    return this.#byPlace.get(place) ?? [];
  }

  sizeAt(place: string): number {
    return this.#byPlace.get(place)?.size ?? 0;
  }

  add(place: string, element: T): void {
    const found = this.#byPlace.get(place);
    if (found) found.add(element);
    else this.#byPlace.set(place, new Set([element]));
  }

  delete(place: string, element: T): void {
    const found = this.#byPlace.get(place);
    if (found?.delete(element) && found.size === 0) this.#byPlace.delete(place);
  }
}
