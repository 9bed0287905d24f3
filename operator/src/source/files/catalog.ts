import { isDeepStrictEqual } from 'node:util';
import type { ClusterEvent } from '../../model/event.ts';
import { keyText } from '../../model/object-key.ts';
import { type FileProblem, fileProblem } from '../source-problem.ts';
import { addForeign, type ForeignCounts } from './foreign.ts';
import type { Manifest, ManifestEntry } from './parse-manifest.ts';

interface InForce {
  readonly file: string;
  readonly entry: ManifestEntry;
}

/**
 * The objects of all files. A file that can't be read, or a part of it, keeps the objects that it had; of two files
 * with one object the one that has it longer keeps it, at first the one whose path comes first.
 */
export class Catalog {
  readonly #files = new Map<string, Manifest>();
  readonly #inForce = new Map<string, InForce>();

  /** In the order of their paths. */
  get files(): readonly string[] {
    return [...this.#files.keys()].sort();
  }

  set(file: string, manifest: Manifest): void {
    const former = this.#files.get(file);
    const named = new Set(manifest.entries.map(({ key }) => keyText(key)));
    const kept = (former?.entries ?? []).filter(
      ({ key }) => !named.has(keyText(key)) && manifest.mayHide(key),
    );
    this.#files.set(file, { ...manifest, entries: [...manifest.entries, ...kept] });
  }

  delete(file: string): void {
    this.#files.delete(file);
  }

  /** What all files have besides, and is not read. */
  get foreign(): ForeignCounts {
    const counts = new Map<string, number>();
    for (const { foreign } of this.#files.values()) addForeign(counts, foreign);
    return counts;
  }

  /** What became of all changes since the last call: an event for each object whose content is another. */
  settle(): { readonly events: readonly ClusterEvent[]; readonly problems: readonly FileProblem[] } {
    const events: ClusterEvent[] = [];
    const { owners, problems } = this.#owners();
    for (const [text, { entry }] of this.#inForce) {
      if (owners.has(text)) continue;
      events.push({ kind: 'remove', key: entry.key });
      this.#inForce.delete(text);
    }
    for (const [text, owner] of owners) {
      const former = this.#inForce.get(text);
      this.#inForce.set(text, owner);
      if (former === undefined || !isDeepStrictEqual(former.entry.object, owner.entry.object))
        events.push({ kind: 'upsert', object: owner.entry.object });
    }
    return { events, problems };
  }

  #owners(): { readonly owners: ReadonlyMap<string, InForce>; readonly problems: readonly FileProblem[] } {
    const owners = new Map<string, InForce>();
    const problems: FileProblem[] = [];
    const claims = this.files.flatMap((file) =>
      (this.#files.get(file)?.entries ?? []).map((entry) => ({ file, entry })),
    );
    // Former owners first: who has an object keeps it.
    const sorted = [
      ...claims.filter((claim) => this.#owns(claim)),
      ...claims.filter((claim) => !this.#owns(claim)),
    ];
    for (const claim of sorted) {
      const text = keyText(claim.entry.key);
      const owner = owners.get(text);
      if (owner === undefined) owners.set(text, claim);
      else problems.push(duplicate(claim, owner));
    }
    const own = this.files.flatMap((file) => this.#files.get(file)?.problems ?? []);
    return { owners, problems: [...own, ...problems] };
  }

  #owns({ file, entry }: InForce): boolean {
    return this.#inForce.get(keyText(entry.key))?.file === file;
  }
}

function duplicate({ file, entry }: InForce, owner: InForce): FileProblem {
  const { key, line, column } = entry;
  const message = `is already in ${owner.file}, line ${owner.entry.line}; that one stays in force`;
  return fileProblem(file, { line, column }, { object: key, path: '', message });
}
