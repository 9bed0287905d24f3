import type { LabelSelector, Requirement } from '../model/labels.ts';

/** What is no pod carries one label without value, its own name, of the source `reserved`. */
export type ReservedName = 'host' | 'remote-node' | 'world-ipv4' | 'world-ipv6';

/** Whether a label selector selects what is no pod (reference §1.3 and its checked differences, number 9). */
export const selectsReserved = (selector: LabelSelector, name: ReservedName): boolean =>
  selector.requirements.every((requirement) => holds(requirement, name));

function holds({ source, key, operator, values }: Requirement, name: ReservedName): boolean {
  const present = (source === 'any' || source === 'reserved') && key === name;
  switch (operator) {
    case 'In':
      return present && values.includes('');
    case 'NotIn':
      return !present || !values.includes('');
    case 'Exists':
      return present;
    case 'DoesNotExist':
      return !present;
  }
}
