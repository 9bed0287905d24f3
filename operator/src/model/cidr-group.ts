import type { Prefix } from './address.ts';
import type { Labels } from './labels.ts';

/** Address blocks under one name (cilium.io/v2 CiliumCIDRGroup). */
export interface CidrGroup {
  readonly kind: 'CidrGroup';
  readonly name: string;
  readonly labels: Labels;
  readonly blocks: readonly Prefix[];
}
