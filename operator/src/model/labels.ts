/** Labels by key. A Map, because keys come from users and "__proto__" is a valid text. */
export type Labels = ReadonlyMap<string, string>;

/**
 * Where a selector's key looks (docs/policies.md, Selectors): `any` finds the key in any source; the labels of pods
 * have the source `k8s`, entities have `reserved`.
 */
export type LabelSource =
  | 'any'
  | 'k8s'
  | 'reserved'
  | 'cidr'
  | 'cidrgroup'
  | 'fqdn'
  | 'node'
  | 'gen'
  | 'cni'
  | 'container'
  | 'unspec'
  | 'directory';

/** One condition on labels. NotIn and DoesNotExist also match where the key is absent. */
export interface Requirement {
  readonly source: LabelSource;
  readonly key: string;
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  /** Sorted and without repeats; empty for Exists and DoesNotExist. */
  readonly values: readonly string[];
}

/**
 * Requirements that must all hold; none: everything matches. What the policy's namespace and cluster add
 * (docs/policies.md, Cilium's kinds) is already in it.
 */
export interface LabelSelector {
  readonly requirements: readonly Requirement[];
}
