import type { ObjectKey } from '../../model/event.ts';

/** What is wrong in a manifest, and where. */
export interface SourceProblem {
  readonly file: string;
  /** From 1; of the field or, where it is missing, of what it is missing in. */
  readonly line: number;
  readonly column: number;
  /** Undefined where kind or name can't be read. */
  readonly object: ObjectKey | undefined;
  /** Field path in the object; empty for a problem of the file. */
  readonly path: string;
  readonly message: string;
}
