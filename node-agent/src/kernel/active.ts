import type { Digest } from '@weir/proto/digest.ts';

/** What the programs enforce. */
export interface Active {
  readonly commit: number;
  readonly revision: number;
  readonly digest: Digest;
  /** True where the words are not those that were committed: commit again, whole. */
  readonly damaged: boolean;
}
