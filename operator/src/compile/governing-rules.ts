import type { LabelSelector } from '../model/labels.ts';
import type { Policy } from '../model/policy.ts';
import { type Dependency, dependenciesOfPeers } from '../resolve/dependencies.ts';
import { type PodSelector, podSelector } from '../resolve/pod-selector.ts';
import {
  type FragmentContext,
  itemsOf,
  namedPortsOf,
  type RuleFragment,
  ruleFragment,
  tieredFragment,
} from './rule-fragment.ts';
import type { TableDirection } from './table-content.ts';

/** Some rules of a policy with one subject, in terms of tables. */
export interface GoverningRule {
  readonly subject: PodSelector;
  readonly fragments: Readonly<Record<TableDirection, RuleFragment | undefined>>;
  /** Names of ports (portNameKey) that its subjects are told apart by. */
  readonly ingressNames: ReadonlySet<string>;
  /** Names of ports that its peers are told apart by. */
  readonly egressNames: ReadonlySet<string>;
  /** What else the fragments are made from. */
  readonly dependencies: ReadonlySet<Dependency>;
}

/** A rule whose subject is no pod governs nothing. */
export function governingRules(policy: Policy, context: FragmentContext): readonly GoverningRule[] {
  return partsOf(policy).flatMap(({ subject, items, fragment }) => {
    const selector = podSelector(subject);
    if (!selector) return [];
    const egressNames = namedPortsOf(items.egress);
    const peers = [...items.ingress, ...items.egress].flatMap((item) => dependenciesOfPeers(item.peers));
    return [
      {
        subject: selector,
        fragments: { ingress: fragment('ingress', context), egress: fragment('egress', context) },
        ingressNames: namedPortsOf(items.ingress),
        egressNames,
        dependencies: peers.length === 0 ? egressNames : new Set([...egressNames, ...peers]),
      },
    ];
  });
}

interface Part {
  readonly subject: LabelSelector;
  readonly items: Readonly<Record<TableDirection, ReturnType<typeof itemsOf>>>;
  readonly fragment: (direction: TableDirection, context: FragmentContext) => RuleFragment | undefined;
}

function partsOf(policy: Policy): readonly Part[] {
  switch (policy.kind) {
    case 'Policy':
      return policy.rules.map((rule) => ({
        subject: rule.subject,
        items: { ingress: itemsOf(rule.ingress), egress: itemsOf(rule.egress) },
        fragment: (direction, context) => ruleFragment(policy.ref, rule, direction, context),
      }));
    case 'TieredPolicy':
      return [
        {
          subject: policy.subject,
          items: policy,
          fragment: (direction, context) => tieredFragment(policy, direction, context),
        },
      ];
  }
}
