import type { SourceProblem } from '../source/files/source-problem.ts';

/** "file:line:column: Kind namespace/name: field.path: message", the form that editors jump to. */
export function problemLine({ file, line, column, object, path, message }: SourceProblem): string {
  const parts = [`${file}:${line}:${column}`];
  if (object) parts.push(`${object.kind} ${object.namespace ? `${object.namespace}/` : ''}${object.name}`);
  if (path) parts.push(path);
  return [...parts, message].join(': ');
}
