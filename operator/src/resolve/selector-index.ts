import type { LabelLookup } from './label-list.ts';
import { type PodRequirement, type PodSelector, selectsLabels } from './pod-selector.ts';
import { SmallSet } from './small-set.ts';

/** Pods that no selector tells apart. */
export class LabelSet {
  /** Equal texts are equal sets. */
  readonly text: string;
  readonly labels: LabelLookup;
  /** Keys of the pods that have exactly these labels. */
  readonly pods = new SmallSet<string>();
  /** The indexed selectors that select it. */
  readonly matches = new SmallSet<IndexedSelector>();

  constructor(text: string, labels: LabelLookup) {
    this.text = text;
    this.labels = labels;
  }
}

/** A selector, once for all its users. */
export class IndexedSelector {
  readonly selector: PodSelector;
  /** The indexed label sets that it selects. */
  readonly matches = new SmallSet<LabelSet>();
  /** Number of its users. */
  references = 0;
  /** The requirement that an index has filed it under; undefined: it has none that asks for a label. */
  pivot: PodRequirement | undefined;

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
  readonly #sets = new Set<LabelSet>();
  readonly #setsByLabel = new Postings<LabelSet>();
  /** With a pivot that asks for one of some values. */
  readonly #byValue = new Postings<IndexedSelector>();
  /** With a pivot that asks for a key; under the empty value. */
  readonly #byKey = new Postings<IndexedSelector>();
  /** Without a pivot: only what must not be. */
  readonly #anywhere = new Set<IndexedSelector>();

  constructor(listener: MatchListener) {
    this.#listener = listener;
  }

  addSelector(selector: IndexedSelector): void {
    const pivot = this.#choosePivot(selector.selector);
    selector.pivot = pivot;
    if (!pivot) {
      this.#anywhere.add(selector);
      for (const set of this.#sets) this.#compare(selector, set);
      return;
    }
    if (pivot.operator === 'Exists') this.#byKey.add(pivot.key, '', selector);
    else for (const value of pivot.values) this.#byValue.add(pivot.key, value, selector);
    for (const set of this.#candidates(pivot)) this.#compare(selector, set);
  }

  removeSelector(selector: IndexedSelector): void {
    const { pivot } = selector;
    if (!pivot) this.#anywhere.delete(selector);
    else if (pivot.operator === 'Exists') this.#byKey.delete(pivot.key, '', selector);
    else for (const value of pivot.values) this.#byValue.delete(pivot.key, value, selector);
    for (const set of [...selector.matches]) this.#unlink(selector, set);
  }

  addSet(set: LabelSet): void {
    this.#sets.add(set);
    for (const [key, value] of set.labels) {
      this.#setsByLabel.add(key, value, set);
      for (const selector of this.#byValue.at(key, value)) this.#compare(selector, set);
      for (const selector of this.#byKey.at(key, '')) this.#compare(selector, set);
    }
    for (const selector of this.#anywhere) this.#compare(selector, set);
  }

  removeSet(set: LabelSet): void {
    this.#sets.delete(set);
    for (const [key, value] of set.labels) this.#setsByLabel.delete(key, value, set);
    for (const selector of [...set.matches]) this.#unlink(selector, set);
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

  *#candidates({ key, operator, values }: PodRequirement): Generator<LabelSet> {
    if (operator === 'Exists') yield* this.#setsByLabel.ofKey(key);
    else for (const value of values) yield* this.#setsByLabel.at(key, value);
  }

  /** Where fewest others are: few to compare with now, and few that a new label set finds there. */
  #choosePivot({ requirements }: PodSelector): PodRequirement | undefined {
    let best: PodRequirement | undefined;
    let least = Number.POSITIVE_INFINITY;
    for (const requirement of requirements) {
      const cost = this.#costOf(requirement);
      if (cost < least) [best, least] = [requirement, cost];
    }
    return best;
  }

  /** Infinite where the requirement is met by what lacks the key. */
  #costOf({ key, operator, values }: PodRequirement): number {
    switch (operator) {
      case 'In': {
        let cost = 0;
        for (const value of values) {
          cost += this.#setsByLabel.sizeAt(key, value) + this.#byValue.sizeAt(key, value);
        }
        return cost;
      }
      case 'Exists':
        return this.#sets.size + this.#byKey.sizeAt(key, '');
      case 'NotIn':
      case 'DoesNotExist':
        return Number.POSITIVE_INFINITY;
    }
  }
}

/** Sets by key and value; empty ones are dropped. */
class Postings<T extends object> {
  readonly #byKey = new Map<string, Map<string, SmallSet<T>>>();

  at(key: string, value: string): Iterable<T> {
    return this.#byKey.get(key)?.get(value) ?? [];
  }

  *ofKey(key: string): Generator<T> {
    for (const elements of this.#byKey.get(key)?.values() ?? []) yield* elements;
  }

  sizeAt(key: string, value: string): number {
    return this.#byKey.get(key)?.get(value)?.size ?? 0;
  }

  add(key: string, value: string, element: T): void {
    let byValue = this.#byKey.get(key);
    if (!byValue) {
      byValue = new Map();
      this.#byKey.set(key, byValue);
    }
    const found = byValue.get(value);
    if (found) {
      found.add(element);
      return;
    }
    const first = new SmallSet<T>();
    first.add(element);
    byValue.set(value, first);
  }

  delete(key: string, value: string, element: T): void {
    const byValue = this.#byKey.get(key);
    const found = byValue?.get(value);
    if (!byValue || !found?.delete(element) || found.size > 0) return;
    byValue.delete(value);
    if (byValue.size === 0) this.#byKey.delete(key);
  }
}
