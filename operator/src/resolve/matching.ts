import type { Pod } from '../model/endpoint.ts';
import type { Labels } from '../model/labels.ts';
import { CountedKeys } from './counted-keys.ts';
import { LabelList } from './label-list.ts';
import type { PodSelector } from './pod-selector.ts';
import { project, projectionText, usedKey } from './project.ts';
import { IndexedSelector, LabelSet, type MatchListener, SelectorIndex } from './selector-index.ts';

export interface MatchingListener extends MatchListener {
  /** The pod has another label set; undefined: it is not there. */
  moved(podKey: string, from: LabelSet | undefined, to: LabelSet | undefined): void;
  /** No pod has this label set any more. Called after its matches are gone. */
  vanished(set: LabelSet): void;
}

export interface MatchingOptions {
  readonly localCluster: string;
  readonly namespaceLabels: (namespace: string) => Labels | undefined;
  /** Keys of all pods that may have any of these label keys (PodsByLabelKey). */
  readonly podsHaving: (keys: readonly string[]) => Iterable<string>;
  readonly listener: MatchingListener;
}

interface Placed {
  readonly pod: Pod;
  readonly set: LabelSet;
}

/**
 * Pods against label selectors. Pods that no selector tells apart share a label set, so a pod more with known labels
 * costs its projection alone. Changes are collected and take effect in `settle`.
 */
export class Matching {
  readonly #options: MatchingOptions;
  readonly #index: SelectorIndex;
  readonly #use = new CountedKeys();
  readonly #selectors = new Map<string, IndexedSelector>();
  readonly #sets = new Map<string, LabelSet>();
  readonly #placed = new Map<string, Placed>();
  /** Changed since the last settle: the pod, undefined where it is gone. */
  readonly #changedPods = new Map<string, Pod | undefined>();
  readonly #newSelectors = new Set<IndexedSelector>();
  readonly #unusedSelectors = new Set<IndexedSelector>();

  constructor(options: MatchingOptions) {
    this.#options = options;
    this.#index = new SelectorIndex(options.listener);
  }

  acquire(selector: PodSelector): IndexedSelector {
    let found = this.#selectors.get(selector.text);
    if (!found) {
      found = new IndexedSelector(selector);
      this.#selectors.set(selector.text, found);
      this.#newSelectors.add(found);
    }
    found.references++;
    return found;
  }

  release(selector: IndexedSelector): void {
    selector.references--;
    if (selector.references === 0) this.#unusedSelectors.add(selector);
  }

  /** From now on pods are told apart by this port name too, as if a selector looked at it. */
  acquirePortName(nameKey: string): void {
    this.#use.add(nameKey);
  }

  releasePortName(nameKey: string): void {
    this.#use.remove(nameKey);
  }

  /** Also for a pod whose namespace has changed. */
  setPod(podKey: string, pod: Pod | undefined): void {
    this.#changedPods.set(podKey, pod);
  }

  labelSetOf(podKey: string): LabelSet | undefined {
    return this.#placed.get(podKey)?.set;
  }

  /** Old selectors go first and new ones come last, so that label sets of the old keys are compared with nothing. */
  settle(): void {
    this.#dropUnused();
    for (const { selector } of this.#newSelectors) this.#countKeys(selector, 'add');
    this.#dirtyPodsWithKeys(this.#use.takeChanged());
    this.#placePods();
    for (const selector of this.#newSelectors) this.#index.addSelector(selector);
    this.#newSelectors.clear();
  }

  #dropUnused(): void {
    for (const selector of this.#unusedSelectors) {
      if (selector.references > 0) continue;
      this.#selectors.delete(selector.selector.text);
      if (this.#newSelectors.delete(selector)) continue;
      this.#index.removeSelector(selector);
      this.#countKeys(selector.selector, 'remove');
    }
    this.#unusedSelectors.clear();
  }

  #countKeys({ requirements }: PodSelector, change: 'add' | 'remove'): void {
    for (const { key } of requirements) this.#use[change](usedKey(key));
  }

  #dirtyPodsWithKeys(keys: readonly string[]): void {
    if (keys.length === 0) return;
    for (const podKey of this.#options.podsHaving(keys)) {
      const placed = this.#placed.get(podKey);
      if (placed && !this.#changedPods.has(podKey)) this.#changedPods.set(podKey, placed.pod);
    }
  }

  #placePods(): void {
    const born = new Set<LabelSet>();
    const left = new Set<LabelSet>();
    for (const [podKey, pod] of this.#changedPods) {
      const from = this.#placed.get(podKey)?.set;
      const to = pod && this.#setFor(pod, born);
      if (pod && to) this.#placed.set(podKey, { pod, set: to });
      else this.#placed.delete(podKey);
      if (from === to) continue;
      from?.pods.delete(podKey);
      to?.pods.add(podKey);
      if (from) left.add(from);
      this.#options.listener.moved(podKey, from, to);
    }
    this.#changedPods.clear();
    for (const set of left) {
      if (set.pods.size === 0) this.#dropSet(set, born);
    }
    for (const set of born) this.#index.addSet(set);
  }

  #setFor(pod: Pod, born: Set<LabelSet>): LabelSet {
    const { localCluster, namespaceLabels } = this.#options;
    const pairs = project(pod, namespaceLabels(pod.namespace), localCluster, this.#use);
    const text = projectionText(pairs);
    let set = this.#sets.get(text);
    if (!set) {
      set = new LabelSet(text, new LabelList(pairs));
      this.#sets.set(text, set);
      born.add(set);
    }
    return set;
  }

  #dropSet(set: LabelSet, born: Set<LabelSet>): void {
    this.#sets.delete(set.text);
    if (!born.delete(set)) this.#index.removeSet(set);
    this.#options.listener.vanished(set);
  }
}
