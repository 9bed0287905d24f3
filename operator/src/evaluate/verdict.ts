import type { PolicyRef } from '../model/policy.ts';

/** A rule of a policy: "spec.ingress[0]"; or, for a default denial, the rule that isolates: "spec". */
export interface Origin {
  readonly ref: PolicyRef;
  readonly path: string;
  /** `spec.log.value`; empty: none. */
  readonly log: string;
}

/**
 * Why. `rule`: deny or allow rules match, or one of a tier. `default`: the subject is isolated and no rule matches.
 * `not-isolated`: no policy isolates it. `localhost`: its own node reaches it. `self`: a pod reaches itself.
 * `no-backends`: the address and port are of a service that nothing serves. `not-governed`: a pod in its node's
 * network, or of another cluster, or no pod at all. `disabled`: the cluster enforces no policy.
 */
export type Reason =
  | 'rule'
  | 'default'
  | 'not-isolated'
  | 'localhost'
  | 'self'
  | 'no-backends'
  | 'not-governed'
  | 'disabled';

export interface Verdict {
  readonly verdict: 'allow' | 'deny';
  readonly reason: Reason;
  /** All that decide alike, sorted by policy; empty where no policy has a say. */
  readonly origins: readonly Origin[];
}

/** Where no policy has a say. */
export const allowFor = (reason: Reason): Verdict => ({ verdict: 'allow', reason, origins: [] });
