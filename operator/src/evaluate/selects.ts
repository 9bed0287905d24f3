import type { LabelSelector, Requirement } from '../model/labels.ts';
import type { EffectiveLabel } from './effective-labels.ts';

/** Whether all requirements hold; a selector without any matches everything. */
export const selects = (selector: LabelSelector, labels: readonly EffectiveLabel[]): boolean =>
  selector.requirements.every((requirement) => meets(requirement, labels));

function meets(requirement: Requirement, labels: readonly EffectiveLabel[]): boolean {
  const { source, key, operator, values } = requirement;
  const found = labels.filter((label) => label.key === key && (source === 'any' || source === label.source));
  switch (operator) {
    case 'In':
      return found.some((label) => values.includes(label.value));
    case 'NotIn':
      return !found.some((label) => values.includes(label.value));
    case 'Exists':
      return found.length > 0;
    case 'DoesNotExist':
      return found.length === 0;
  }
}
