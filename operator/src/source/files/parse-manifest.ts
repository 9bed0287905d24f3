import { LineCounter } from 'yaml';
import type { ClusterObject, ObjectKey, Problem } from '../../model/event.ts';
import { keyOf, keyText } from '../../model/object-key.ts';
import type { Settings } from '../../model/settings.ts';
import { type Decoded, decodeObject, problemsOf } from '../decode/decode-object.ts';
import { type FileProblem, fileProblem } from '../source-problem.ts';
import { type ForeignCounts, foreignName } from './foreign.ts';
import { locate } from './locate.ts';
import { readDocuments } from './read-documents.ts';

/** An object of a file, and where it begins. */
export interface ManifestEntry {
  readonly key: ObjectKey;
  readonly object: ClusterObject;
  readonly line: number;
  readonly column: number;
}

/** What a file holds. */
export interface Manifest {
  readonly entries: readonly ManifestEntry[];
  readonly problems: readonly FileProblem[];
  /** What there is besides, and is not read. */
  readonly foreign: ForeignCounts;
  /** Whether the object may be in the file, in a part of it that can't be read. */
  readonly mayHide: (key: ObjectKey) => boolean;
}

type Hides = Manifest['mayHide'];

/** Nothing can be told of the file. */
export const unreadableManifest = (file: string, message: string): Manifest => ({
  entries: [],
  problems: [fileProblem(file, { line: 1, column: 1 }, { object: undefined, path: '', message })],
  foreign: new Map(),
  mayHide: () => true,
});

/** More problems of one object, and of one file, are counted only. */
const mostProblems = { ofObject: 100, ofFile: 1000 };

/** Decodes all objects of a file; never fails. */
export async function parseManifest(file: string, text: string, settings: Settings): Promise<Manifest> {
  const entries: ManifestEntry[] = [];
  const problems: FileProblem[] = [];
  const foreign = new Map<string, number>();
  const hiding: Hides[] = [];
  const lines = countLines(text);
  const place = (offset: number): { line: number; column: number } => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  for await (const part of readDocuments(text)) {
    if (part.kind === 'unreadable') {
      problems.push(
        fileProblem(file, place(part.offset), { object: undefined, path: '', message: part.message }),
      );
      hiding.push(() => true);
      continue;
    }
    const name = foreignName(file, part.value);
    if (name !== undefined) {
      foreign.set(name, (foreign.get(name) ?? 0) + 1);
      continue;
    }
    const decoded = decodeObject(part.value, settings);
    const at = (path: string): { line: number; column: number } => place(locate(part, path));
    const key = keyOfDecoded(decoded);
    if (decoded.kind === 'object')
      entries.push({ key: keyOf(decoded.object), object: decoded.object, ...at('') });
    else hiding.push(hides(key, part.value));
    for (const { path, message } of few(problemsOf(decoded), mostProblems.ofObject, notToldOfObject))
      problems.push(fileProblem(file, at(path), { object: key, path, message }));
  }
  const notTold = (more: number): FileProblem =>
    fileProblem(file, place(0), { object: undefined, path: '', message: `has ${more} more problems` });
  return {
    entries,
    problems: few(problems, mostProblems.ofFile, notTold),
    foreign,
    mayHide: (key) => hiding.some((test) => test(key)),
  };
}

const notToldOfObject = (more: number): Problem => ({ path: '', message: `has ${more} more problems` });

/** The first of them, and how many there are besides. */
const few = <T>(all: readonly T[], most: number, notTold: (more: number) => T): readonly T[] =>
  all.length <= most ? all : [...all.slice(0, most), notTold(all.length - most)];

const keyOfDecoded = (decoded: Decoded): ObjectKey | undefined =>
  decoded.kind === 'object' ? keyOf(decoded.object) : decoded.key;

function countLines(text: string): LineCounter {
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines.addNewLine(at + 1);
  return lines;
}

/** A mistyped kind or namespace hides what has the name; what has no name that can be read may be anything. */
function hides(key: ObjectKey | undefined, value: unknown): Hides {
  if (key !== undefined) return (other) => keyText(other) === keyText(key);
  const name = nameOf(value);
  return ({ name: other }) => name === undefined || name === other;
}

function nameOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !('metadata' in value)) return undefined;
  const { metadata } = value;
  if (typeof metadata !== 'object' || metadata === null || !('name' in metadata)) return undefined;
  return typeof metadata.name === 'string' ? metadata.name : undefined;
}
