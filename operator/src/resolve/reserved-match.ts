import type { LabelSelector, Requirement } from '../model/labels.ts';

/** What is no pod, by the labels without value that it carries, of the source `reserved`. */
const reservedLabels = {
  host: ['host'],
  'host-apiserver': ['host', 'kube-apiserver'],
  'remote-node': ['remote-node'],
  'remote-node-apiserver': ['remote-node', 'kube-apiserver'],
  /** Serves the API from outside the cluster. */
  'apiserver-ipv4': ['kube-apiserver', 'world-ipv4'],
  'apiserver-ipv6': ['kube-apiserver', 'world-ipv6'],
  health: ['health'],
  ingress: ['ingress'],
  init: ['init'],
  unmanaged: ['unmanaged'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type ReservedKind = keyof typeof reservedLabels;

/** Sorted. */
export const reservedKinds = (Object.keys(reservedLabels) as ReservedKind[]).sort();

const labelsOf = (kind: ReservedKind): readonly string[] => reservedLabels[kind];

/** Those that carry the label. */
export const kindsLabelled = (name: string): readonly ReservedKind[] =>
  reservedKinds.filter((kind) => labelsOf(kind).includes(name));

/** Whether a label selector selects what is no pod (docs/differences.md, other engines of NetworkPolicy). */
export const selectsReserved = (selector: LabelSelector, labels: readonly string[]): boolean =>
  selector.requirements.every((requirement) => holds(requirement, labels));

export const kindsSelected = (selector: LabelSelector): readonly ReservedKind[] =>
  reservedKinds.filter((kind) => selectsReserved(selector, labelsOf(kind)));

function holds({ source, key, operator, values }: Requirement, labels: readonly string[]): boolean {
  const present = (source === 'any' || source === 'reserved') && labels.includes(key);
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
