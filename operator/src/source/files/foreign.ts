import { basename } from 'node:path';
import { foreignKind } from '../decode/foreign-kind.ts';
import { isKind } from '../decode/kinds.ts';

/** How often each thing that is not read was there: "Deployment", "Service of serving.knative.dev", "file of Helm". */
export type ForeignCounts = ReadonlyMap<string, number>;

/** Files of tools that are no objects. */
const tools: readonly (readonly [name: string, files: RegExp])[] = [
  ['file of Helm', /^(?:chart|values|values[-.].*|.*[-.]values)\.ya?ml$/i],
  ['file of Kustomize', /^kustomization\.ya?ml$/i],
];

/** What a document is that is none of Weir's business; undefined: it is to be read. */
export function foreignName(file: string, value: unknown): string | undefined {
  const foreign = foreignKind(value);
  if (foreign === undefined) return isTyped(value) ? undefined : toolOf(basename(file));
  const { kind, group } = foreign;
  return isKind(kind) ? `${kind} of ${group}` : kind;
}

const toolOf = (name: string): string | undefined => tools.find(([, files]) => files.test(name))?.[0];

const isTyped = (value: unknown): boolean => typeof value === 'object' && value !== null && 'kind' in value;

export function addForeign(counts: Map<string, number>, more: ForeignCounts): void {
  for (const [name, count] of more) counts.set(name, (counts.get(name) ?? 0) + count);
}

/** Kinds that are told by name; the others are counted together. */
const mostNames = 20;

/** "12 Deployments, 3 ConfigMaps": the most frequent first; empty where there is nothing. */
export function foreignText(counts: ForeignCounts): string {
  const sorted = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  const others = sorted.slice(mostNames).reduce((sum, [, count]) => sum + count, 0);
  return [
    ...sorted.slice(0, mostNames).map(([name, count]) => `${count} ${count === 1 ? name : plural(name)}`),
    ...(others > 0 ? [`${others} of other kinds`] : []),
  ].join(', ');
}

/** As Kubernetes makes it of a kind: Ingresses, NetworkPolicies, Endpoints. */
function plural(name: string): string {
  const [first = '', ...rest] = name.split(' ');
  return [pluralWord(first), ...rest].join(' ');
}

function pluralWord(word: string): string {
  if (word === 'Endpoints') return word;
  if (/(?:s|x|z|ch|sh)$/.test(word)) return `${word}es`;
  return /[^aeiou]y$/.test(word) ? `${word.slice(0, -1)}ies` : `${word}s`;
}
