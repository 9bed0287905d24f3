import type { SourceProblem } from '../source/source-problem.ts';

/** "place: Kind namespace/name: field.path: message"; a file's place is "file:line:column", as editors jump to it. */
export function problemLine({ place, object, path, message }: SourceProblem): string {
  const parts = [place.kind === 'file' ? `${place.file}:${place.line}:${place.column}` : place.resource];
  if (object) parts.push(`${object.kind} ${object.namespace ? `${object.namespace}/` : ''}${object.name}`);
  if (path) parts.push(path);
  return [...parts, message].join(': ');
}
