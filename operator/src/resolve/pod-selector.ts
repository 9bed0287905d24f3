import type { LabelSelector, Requirement } from '../model/labels.ts';
import { portNameOfKey } from './label-keys.ts';
import type { LabelLookup } from './label-list.ts';

/** A requirement on the labels of a pod, whose only source is k8s. */
export interface PodRequirement {
  readonly key: string;
  readonly operator: Requirement['operator'];
  readonly values: readonly string[];
}

/** The part of a label selector that is about pods, in canonical form. */
export interface PodSelector {
  /** Equal texts are equal selectors. */
  readonly text: string;
  /** All must hold. */
  readonly requirements: readonly PodRequirement[];
}

/** Undefined: the selector asks for a label that no pod can have. */
export function podSelector(selector: LabelSelector): PodSelector | undefined {
  const requirements: PodRequirement[] = [];
  for (const requirement of selector.requirements) {
    const { source, key, operator } = requirement;
    const absentMatches = operator === 'NotIn' || operator === 'DoesNotExist';
    const possible = (source === 'any' || source === 'k8s') && portNameOfKey(key) === undefined;
    if (possible) requirements.push(requirement);
    else if (!absentMatches) return undefined;
  }
  return selectorOf(requirements);
}

/** Sorts the requirements and drops repeats. */
export function selectorOf(requirements: readonly PodRequirement[]): PodSelector {
  const byText = new Map<string, PodRequirement>();
  for (const requirement of requirements) {
    const { key, operator, values } = requirement;
    byText.set(JSON.stringify([key, operator, ...values]), requirement);
  }
  const sorted = [...byText].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    text: sorted.map(([text]) => text).join('\n'),
    requirements: sorted.map(([, requirement]) => requirement),
  };
}

export const selectsLabels = (selector: PodSelector, labels: Pick<LabelLookup, 'get'>): boolean =>
  selector.requirements.every((requirement) => holds(requirement, labels.get(requirement.key)));

function holds({ operator, values }: PodRequirement, value: string | undefined): boolean {
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
  }
}
