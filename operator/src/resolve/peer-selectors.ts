import type { Matching } from './matching.ts';
import type { NodeProfiles } from './node-profiles.ts';
import type { PeerContent } from './peer-content.ts';
import type { IndexedSelector, LabelSet } from './selector-index.ts';
import { SmallSet } from './small-set.ts';

/** A peer content, once for all rules that name it, and the pod identities that it selects. */
export class PeerSelector {
  readonly content: PeerContent;
  readonly pods: readonly IndexedSelector[];
  /** Number of its users. */
  references = 0;

  constructor(content: PeerContent, pods: readonly IndexedSelector[]) {
    this.content = content;
    this.pods = pods;
  }

  *members(): Generator<LabelSet> {
    for (const [index, selector] of this.pods.entries()) {
      for (const set of selector.matches) {
        if (!this.pods.slice(0, index).some((former) => former.matches.has(set))) yield set;
      }
    }
  }
}

export interface MembershipListener {
  joined(selector: PeerSelector, identity: LabelSet): void;
  left(selector: PeerSelector, identity: LabelSet): void;
}

/** All peer selectors that rules name, with their members: each is the union of some label selectors' matches. */
export class PeerSelectors {
  readonly #matching: Matching;
  readonly #profiles: NodeProfiles;
  readonly #listener: MembershipListener;
  readonly #byText = new Map<string, PeerSelector>();
  readonly #users = new Map<IndexedSelector, SmallSet<PeerSelector>>();
  readonly #unused = new Set<PeerSelector>();
  readonly #dropped: PeerSelector[] = [];

  constructor(matching: Matching, profiles: NodeProfiles, listener: MembershipListener) {
    this.#matching = matching;
    this.#profiles = profiles;
    this.#listener = listener;
  }

  acquire(content: PeerContent): PeerSelector {
    let found = this.#byText.get(content.text);
    if (!found) {
      found = new PeerSelector(
        content,
        content.pods.map((selector) => this.#matching.acquire(selector)),
      );
      this.#byText.set(content.text, found);
      for (const selector of found.pods) this.#addUser(selector, found);
      this.#profiles.acquire(content);
    }
    found.references++;
    return found;
  }

  release(selector: PeerSelector): void {
    selector.references--;
    if (selector.references === 0) this.#unused.add(selector);
  }

  /** The one of that content, while it has users and until the next sweep. */
  find(content: PeerContent): PeerSelector | undefined {
    return this.#byText.get(content.text);
  }

  /**
   * Drops those that have no users; one that was released and acquired again meanwhile stays as it is. What is
   * dropped is still told of its members until `forget`, since tables of the former state may hold it.
   */
  sweep(): void {
    for (const unused of this.#unused) {
      if (unused.references > 0) continue;
      this.#byText.delete(unused.content.text);
      for (const selector of unused.pods) this.#matching.release(selector);
      this.#profiles.release(unused.content);
      this.#dropped.push(unused);
    }
    this.#unused.clear();
  }

  /** Nothing holds what was dropped any more. */
  forget(): void {
    for (const dropped of this.#dropped) {
      for (const selector of dropped.pods) {
        const users = this.#users.get(selector);
        if (users?.delete(dropped) && users.size === 0) this.#users.delete(selector);
      }
    }
    this.#dropped.length = 0;
  }

  matched(selector: IndexedSelector, set: LabelSet): void {
    this.#tell('joined', selector, set);
  }

  unmatched(selector: IndexedSelector, set: LabelSet): void {
    this.#tell('left', selector, set);
  }

  /** Where another part of the union selects the set too, nothing has changed. */
  #tell(change: 'joined' | 'left', selector: IndexedSelector, set: LabelSet): void {
    for (const user of this.#users.get(selector) ?? []) {
      const elsewhere = user.pods.some((part) => part !== selector && part.matches.has(set));
      if (!elsewhere) this.#listener[change](user, set);
    }
  }

  #addUser(selector: IndexedSelector, user: PeerSelector): void {
    let users = this.#users.get(selector);
    if (!users) {
      users = new SmallSet();
      this.#users.set(selector, users);
    }
    users.add(user);
  }
}
