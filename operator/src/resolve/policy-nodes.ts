import { NodeCounts } from './node-counts.ts';
import type { IndexedSelector, LabelSet } from './selector-index.ts';
import { SmallSet } from './small-set.ts';

interface Place {
  readonly group: LabelSet;
  readonly node: string;
}

/** On which nodes policies have endpoints to govern, counted, so that a pod costs no more than the policies it has. */
export class PolicyNodes {
  readonly #places = new Map<string, Place>();
  readonly #ofGroup = new Map<LabelSet, NodeCounts>();
  readonly #ofSubject = new Map<IndexedSelector, NodeCounts>();
  readonly #subjects = new Map<string, readonly IndexedSelector[]>();
  readonly #policies = new Map<IndexedSelector, SmallSet<string>>();
  readonly #changed = new Set<string>();

  /** @param subjects who it governs; empty where the policy is gone */
  setPolicy(policyKey: string, subjects: readonly IndexedSelector[]): void {
    for (const subject of this.#subjects.get(policyKey) ?? []) this.#leave(policyKey, subject);
    if (subjects.length > 0) this.#subjects.set(policyKey, subjects);
    else this.#subjects.delete(policyKey);
    for (const subject of subjects) {
      let policies = this.#policies.get(subject);
      if (!policies) {
        policies = new SmallSet();
        this.#policies.set(subject, policies);
      }
      policies.add(policyKey);
    }
    this.#changed.add(policyKey);
  }

  /** @param group of an endpoint; undefined: the pod is none */
  setPod(podKey: string, group: LabelSet | undefined, node: string): void {
    const former = this.#places.get(podKey);
    if (former?.group === group && former?.node === node) return;
    if (former) this.#count(former, -1);
    if (!group) {
      this.#places.delete(podKey);
      return;
    }
    const place = { group, node };
    this.#places.set(podKey, place);
    this.#count(place, 1);
  }

  /** Called when a subject selector begins to select the group. */
  matched(subject: IndexedSelector, group: LabelSet): void {
    for (const [node, endpoints] of this.#ofGroup.get(group) ?? []) this.#add(subject, node, endpoints);
  }

  unmatched(subject: IndexedSelector, group: LabelSet): void {
    for (const [node, endpoints] of this.#ofGroup.get(group) ?? []) this.#add(subject, node, -endpoints);
  }

  /** Policies that select the endpoint. */
  policiesOf(podKey: string): ReadonlySet<string> {
    const policies = new Set<string>();
    for (const subject of this.#places.get(podKey)?.group.matches ?? [])
      for (const policyKey of this.#policies.get(subject) ?? []) policies.add(policyKey);
    return policies;
  }

  of(policyKey: string): readonly string[] {
    const [first, ...more] = (this.#subjects.get(policyKey) ?? []).map((subject) => [
      ...(this.#ofSubject.get(subject)?.nodes() ?? []),
    ]);
    return more.length === 0 ? (first ?? []) : [...new Set([...(first ?? []), ...more.flat()])];
  }

  /** Policies whose nodes may have changed since the last call. */
  takeChanged(): ReadonlySet<string> {
    const changed = new Set(this.#changed);
    this.#changed.clear();
    return changed;
  }

  #leave(policyKey: string, subject: IndexedSelector): void {
    const policies = this.#policies.get(subject);
    if (policies?.delete(policyKey) && policies.size === 0) this.#policies.delete(subject);
  }

  #count({ group, node }: Place, endpoints: number): void {
    const counts = this.#ofGroup.get(group);
    if (!counts) this.#ofGroup.set(group, new NodeCounts(node, endpoints));
    else if (!counts.add(node, endpoints)) this.#ofGroup.delete(group);
    for (const subject of group.matches) this.#add(subject, node, endpoints);
  }

  #add(subject: IndexedSelector, node: string, endpoints: number): void {
    const counts = this.#ofSubject.get(subject);
    const had = counts?.has(node) === true;
    if (!counts) this.#ofSubject.set(subject, new NodeCounts(node, endpoints));
    else if (!counts.add(node, endpoints)) this.#ofSubject.delete(subject);
    if (had && counts?.has(node)) return;
    for (const policyKey of this.#policies.get(subject) ?? []) this.#changed.add(policyKey);
  }
}
