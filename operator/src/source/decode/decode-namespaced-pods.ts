import type { LabelSelector } from '../../model/labels.ts';
import { decodeSelector } from './decode-selector.ts';
import type { Field } from './field.ts';
import { type Scope, scopePods } from './scope-selector.ts';
import { namespaceKey, podKey } from './selector-keys.ts';

/** ClusterNetworkPolicy's `namespaces`: all pods in them. Without a scope those of every cluster. */
export function selectPodsOfNamespaces(field: Field, scope: Scope | undefined): LabelSelector | undefined {
  const namespaces = decodeSelector(field, namespaceKey);
  return namespaces && scopePods([], namespaces, scope ?? everywhere);
}

/** ClusterNetworkPolicy's `pods`; without a namespaceSelector in every namespace. */
export function selectPods(field: Field, scope: Scope | undefined): LabelSelector | undefined {
  if (!field.object()) return undefined;
  field.object({ known: ['namespaceSelector', 'podSelector'] });
  const where = field.get('namespaceSelector');
  const namespaces = where.present ? decodeSelector(where, namespaceKey) : [];
  const pods = decodeSelector(field.get('podSelector'), podKey);
  return namespaces && pods && scopePods(pods, namespaces, scope ?? everywhere);
}

const everywhere: Scope = { namespace: '', cluster: undefined };
