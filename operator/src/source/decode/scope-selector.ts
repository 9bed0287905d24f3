import type { LabelSelector, Requirement } from '../../model/labels.ts';
import type { Settings } from '../../model/settings.ts';
import { namespaceLabelsPrefix, podClusterKey, podNamespaceKey } from './label-keys.ts';
import { SharedValues } from './shared-values.ts';

/** Where a policy lives; its selectors reach no further unless they say so. */
export interface Scope {
  /** Empty: a policy of cluster scope. */
  readonly namespace: string;
  /** The cluster that selectors without a cluster mean; undefined: every cluster. */
  readonly cluster: string | undefined;
  /** The subject is pods of which nothing is known yet; such pods are in no namespace. */
  readonly ofInit?: boolean;
}

export const scopeOf = (namespace: string, settings: Settings): Scope => ({
  namespace,
  cluster: settings.policyDefaultLocalCluster ? settings.clusterName : undefined,
});

const equals = (key: string, value: string): Requirement => ({
  source: 'k8s',
  key,
  operator: 'In',
  values: [value],
});
/** Keeps a selector of negative conditions alone from matching what is no pod. */
const inAnyNamespace: Requirement = {
  source: 'k8s',
  key: podNamespaceKey,
  operator: 'Exists',
  values: [],
};

const ofPods = ({ source }: Requirement): boolean => source === 'any' || source === 'k8s';

/** The one spelling of the namespace that a namespaced policy overwrites in endpointSelector.matchLabels. */
export const overwrittenLabel = `k8s:${podNamespaceKey}`;

/** endpointSelector, without the overwritten label: a namespaced policy governs pods of its namespace only. */
export const scopeCiliumSubject = (
  requirements: readonly Requirement[],
  { namespace }: Scope,
): LabelSelector =>
  selectorOf(namespace === '' ? requirements : [...requirements, equals(podNamespaceKey, namespace)]);

/** fromEndpoints and toEndpoints; a `reserved:` key means that no pod is meant, and adds nothing. */
export function scopeCiliumPeer(requirements: readonly Requirement[], scope: Scope): LabelSelector {
  if (requirements.some(({ source }) => source === 'reserved')) return selectorOf(requirements);
  return selectorOf([
    ...requirements,
    ...ciliumNamespace(requirements, scope),
    ...cluster(requirements, scope),
  ]);
}

function ciliumNamespace(
  requirements: readonly Requirement[],
  { namespace, ofInit = false }: Scope,
): readonly Requirement[] {
  const keys = requirements.filter(ofPods).map(({ key }) => key);
  if (keys.includes(podNamespaceKey)) return [];
  if (namespace === '') return ofInit ? [] : [inAnyNamespace];
  return keys.some((key) => key.startsWith(namespaceLabelsPrefix))
    ? []
    : [equals(podNamespaceKey, namespace)];
}

function cluster(requirements: readonly Requirement[], scope: Scope): readonly Requirement[] {
  if (scope.cluster === undefined) return [];
  const named = requirements.some((requirement) => ofPods(requirement) && requirement.key === podClusterKey);
  return named ? [] : [equals(podClusterKey, scope.cluster)];
}

/** NetworkPolicy's spec.podSelector. */
export const scopeSubject = (pods: readonly Requirement[], { namespace }: Scope): LabelSelector =>
  selectorOf([...pods, equals(podNamespaceKey, namespace)]);

/**
 * A peer of a NetworkPolicy; without a namespaceSelector its own namespace is meant. As in Cilium, a peer of negative
 * conditions alone also matches what is no pod, unless the policy is limited to a cluster.
 */
export function scopePeer(
  pods: readonly Requirement[],
  namespaces: readonly Requirement[] | undefined,
  scope: Scope,
): LabelSelector {
  const where = namespaces ?? [equals(podNamespaceKey, scope.namespace)];
  return selectorOf([...pods, ...(where.length === 0 ? [inAnyNamespace] : where), ...cluster(pods, scope)]);
}

/** Pods, and nothing but pods, by their own labels and those of their namespaces. */
export const scopePods = (
  pods: readonly Requirement[],
  namespaces: readonly Requirement[],
  scope: Scope,
): LabelSelector => selectorOf([...pods, ...namespaces, inAnyNamespace, ...cluster(pods, scope)]);

/** In one order and without repeats, so that selectors of one meaning are equal however they are written. */
export function selectorOf(requirements: readonly Requirement[]): LabelSelector {
  const byText = new Map(requirements.map((requirement) => [sortKey(requirement), requirement]));
  const sorted = [...byText].sort(([a], [b]) => (a < b ? -1 : 1));
  return { requirements: sorted.map(([text, requirement]) => shared.share(text, requirement)) };
}

/** Most requirements name an app, a namespace or a cluster that others name, too. */
const shared = new SharedValues<Requirement>(8192);

const sortKey = ({ key, source, operator, values }: Requirement): string =>
  JSON.stringify([key, source, operator, ...values]);
