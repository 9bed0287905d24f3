import type { Policy, PolicyRef, PolicyRule } from '../model/policy.ts';
import type { Matching } from '../resolve/matching.ts';
import type { PeerSelector, PeerSelectors } from '../resolve/peer-selectors.ts';
import { podSelector } from '../resolve/pod-selector.ts';
import type { IndexedSelector } from '../resolve/selector-index.ts';
import { SmallSet } from '../resolve/small-set.ts';
import { type FragmentContext, namedPortsOf, type RuleFragment, ruleFragment } from './rule-fragment.ts';

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
  /** Names of ports that its subjects are told apart by. */
  readonly ingressNames: ReadonlySet<string>;
  /** Names of ports that its peers are told apart by. */
  readonly egressNames: ReadonlySet<string>;
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
  readonly #policiesByPortName = new Map<string, Set<string>>();
  readonly #changedSubjects = new Set<IndexedSelector>();
  #serial = 0;

  constructor(options: RulesOptions) {
    this.#options = options;
  }

  /** Undefined: the policy is gone. */
  setPolicy(policyKey: string, policy: Policy | undefined): void {
    const former = this.#installed.get(policyKey) ?? [];
    const next = policy ? policy.rules.flatMap((rule) => this.#install(policy.ref, rule)) : [];
    for (const installed of former) this.#uninstall(policyKey, installed);
    for (const { egressNames } of next) this.#dependOn(policyKey, egressNames);
    if (next.length > 0) this.#installed.set(policyKey, next);
    else this.#installed.delete(policyKey);
  }

  /** Who the policy governs. */
  subjectsOf(policyKey: string): readonly IndexedSelector[] {
    return (this.#installed.get(policyKey) ?? []).map(({ subject }) => subject);
  }

  /** Keys of the policies that must be set again when the cluster's numbers for a port name change. */
  policiesOfPortName(nameKey: string): Iterable<string> {
    return this.#policiesByPortName.get(nameKey) ?? [];
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

  /** A rule whose subject is no pod governs nothing. */
  #install(ref: PolicyRef, policyRule: PolicyRule): readonly Installed[] {
    const selector = podSelector(policyRule.subject);
    if (!selector) return [];
    const { subjects, peers, peerSelectors } = this.#options;
    const ingress = ruleFragment(ref, policyRule, 'ingress', this.#options);
    const egress = ruleFragment(ref, policyRule, 'egress', this.#options);
    const ingressNames = namedPortsOf(policyRule.ingress);
    const egressNames = namedPortsOf(policyRule.egress);
    for (const name of ingressNames) subjects.acquirePortName(name);
    for (const name of egressNames) peers.acquirePortName(name);
    const rule: Rule = { serial: ++this.#serial, ingress, egress };
    const subject = subjects.acquire(selector);
    this.#govern(subject, rule);
    const entries = [...(ingress?.entries ?? []), ...(egress?.entries ?? [])];
    return [
      {
        rule,
        subject,
        peers: entries.map(({ peer }) => peerSelectors.acquire(peer)),
        ingressNames,
        egressNames,
      },
    ];
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

  #uninstall(policyKey: string, { rule, subject, peers, ingressNames, egressNames }: Installed): void {
    this.#changedSubjects.add(subject);
    const rules = this.#bySubject.get(subject);
    if (rules?.delete(rule) && rules.size === 0) this.#bySubject.delete(subject);
    for (const name of ingressNames) this.#options.subjects.releasePortName(name);
    for (const name of egressNames) {
      this.#options.peers.releasePortName(name);
      this.#policiesByPortName.get(name)?.delete(policyKey);
    }
    for (const peer of peers) this.#options.peerSelectors.release(peer);
    this.#options.subjects.release(subject);
  }

  #dependOn(policyKey: string, names: ReadonlySet<string>): void {
    for (const name of names) {
      const policies = this.#policiesByPortName.get(name);
      if (policies) policies.add(policyKey);
      else this.#policiesByPortName.set(name, new Set([policyKey]));
    }
  }
}
