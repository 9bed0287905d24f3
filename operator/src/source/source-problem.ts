import type { ObjectKey } from '../model/event.ts';

/** What is wrong in a source, and where. */
export interface SourceProblem<Place = FilePlace | ApiPlace> {
  readonly place: Place;
  /** Undefined where kind or name can't be read, and for a problem of a whole file or resource. */
  readonly object: ObjectKey | undefined;
  /** Field path in the object; empty for a problem of the file or resource. */
  readonly path: string;
  readonly message: string;
}

/** In a manifest. */
export interface FilePlace {
  readonly kind: 'file';
  readonly file: string;
  /** From 1; of the field or, where it is missing, of what it is missing in. */
  readonly line: number;
  readonly column: number;
}

/** In an API server. */
export interface ApiPlace {
  readonly kind: 'api';
  /** As kubectl names it: "networkpolicies.networking.k8s.io". */
  readonly resource: string;
}

export type FileProblem = SourceProblem<FilePlace>;

export const fileProblem = (
  file: string,
  at: { readonly line: number; readonly column: number },
  problem: Omit<SourceProblem, 'place'>,
): FileProblem => ({ place: { kind: 'file', file, ...at }, ...problem });
