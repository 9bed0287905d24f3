import type { Policy } from '../model/policy.ts';
import type { Dependency } from '../resolve/dependencies.ts';
import type { Matching } from '../resolve/matching.ts';
import type { PeerSelector, PeerSelectors } from '../resolve/peer-selectors.ts';
import type { IndexedSelector } from '../resolve/selector-index.ts';
import { SmallSet } from '../resolve/small-set.ts';
import { type GoverningRule, governingRules } from './governing-rules.ts';
import type { FragmentContext, RuleFragment } from './rule-fragment.ts';

/** A rule in force. A new object takes its place whenever what it says changes. */
export interface Rule {
  /** Never used again for another rule; for caches only, no output may depend on it. */
  readonly serial: number;
  readonly ingress: RuleFragment | undefined;
  readonly egress: RuleFragment | undefined;
}

interface Installed {
  readonly rule: Rule;
  readonly subject: IndexedSelector;
  readonly peers: readonly PeerSelector[];
  readonly names: Pick<GoverningRule, 'ingressNames' | 'egressNames' | 'dependencies'>;
}

export interface RulesOptions extends FragmentContext {
  readonly subjects: Matching;
  readonly peers: Matching;
  readonly peerSelectors: PeerSelectors;
}

/** The rules of all policies, by the subjects that they govern. */
export class Rules {
  readonly #options: RulesOptions;
  readonly #installed = new Map<string, readonly Installed[]>();
  readonly #bySubject = new Map<IndexedSelector, SmallSet<Rule>>();
  readonly #policiesByDependency = new Map<Dependency, SmallSet<string>>();
  readonly #changedSubjects = new Set<IndexedSelector>();
  #serial = 0;

  constructor(options: RulesOptions) {
    this.#options = options;
  }

  /** Undefined: the policy is gone. */
  setPolicy(policyKey: string, policy: Policy | undefined): void {
    const former = this.#installed.get(policyKey) ?? [];
    const rules = policy ? governingRules(policy, this.#options) : [];
    const next = rules.map((rule) => this.#install(rule));
    for (const installed of former) this.#uninstall(policyKey, installed);
    for (const { names } of next) this.#dependOn(policyKey, names.dependencies);
    if (next.length > 0) this.#installed.set(policyKey, next);
    else this.#installed.delete(policyKey);
  }

  /** Who the policy governs. */
  subjectsOf(policyKey: string): readonly IndexedSelector[] {
    return (this.#installed.get(policyKey) ?? []).map(({ subject }) => subject);
  }

  /** Keys of the policies that must be set again when something has changed that announces this. */
  policiesThatDependOn(dependency: Dependency): Iterable<string> {
    return this.#policiesByDependency.get(dependency) ?? [];
  }

  ofSubject(subject: IndexedSelector): Iterable<Rule> {
    return this.#bySubject.get(subject) ?? [];
  }

  /** Subject selectors whose rules are others than at the last call. */
  takeChanged(): ReadonlySet<IndexedSelector> {
    const changed = new Set(this.#changedSubjects);
    this.#changedSubjects.clear();
    return changed;
  }

  #install(from: GoverningRule): Installed {
    const { subjects, peers, peerSelectors } = this.#options;
    const { ingress, egress } = from.fragments;
    for (const name of from.ingressNames) subjects.acquirePortName(name);
    for (const name of from.egressNames) peers.acquirePortName(name);
    const rule: Rule = { serial: ++this.#serial, ingress, egress };
    const subject = subjects.acquire(from.subject);
    this.#govern(subject, rule);
    const entries = [...(ingress?.entries ?? []), ...(egress?.entries ?? [])];
    const peersOfRule = entries.map(({ peer }) => peerSelectors.acquire(peer));
    return { rule, subject, peers: peersOfRule, names: namesOf(from) };
  }

  #govern(subject: IndexedSelector, rule: Rule): void {
    this.#changedSubjects.add(subject);
    let rules = this.#bySubject.get(subject);
    if (!rules) {
      rules = new SmallSet();
      this.#bySubject.set(subject, rules);
    }
    rules.add(rule);
  }

  #uninstall(policyKey: string, { rule, subject, peers, names }: Installed): void {
    this.#changedSubjects.add(subject);
    const rules = this.#bySubject.get(subject);
    if (rules?.delete(rule) && rules.size === 0) this.#bySubject.delete(subject);
    for (const name of names.ingressNames) this.#options.subjects.releasePortName(name);
    for (const name of names.egressNames) this.#options.peers.releasePortName(name);
    for (const dependency of names.dependencies) {
      const policies = this.#policiesByDependency.get(dependency);
      if (policies?.delete(policyKey) && policies.size === 0) this.#policiesByDependency.delete(dependency);
    }
    for (const peer of peers) this.#options.peerSelectors.release(peer);
    this.#options.subjects.release(subject);
  }

  #dependOn(policyKey: string, dependencies: ReadonlySet<Dependency>): void {
    for (const dependency of dependencies) {
      let policies = this.#policiesByDependency.get(dependency);
      if (!policies) {
        policies = new SmallSet();
        this.#policiesByDependency.set(dependency, policies);
      }
      policies.add(policyKey);
    }
  }
}

const noNames = {
  ingressNames: new Set<string>(),
  egressNames: new Set<string>(),
  dependencies: new Set<string>(),
};

/** Most rules have none, for which there is one object. */
function namesOf({ ingressNames, egressNames, dependencies }: GoverningRule): Installed['names'] {
  if (ingressNames.size + egressNames.size + dependencies.size === 0) return noNames;
  return { ingressNames, egressNames, dependencies };
}
