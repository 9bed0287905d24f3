import { createHash } from 'node:crypto';
import type { Settings } from '../../model/settings.ts';
import type { Catalog } from './catalog.ts';
import { parseManifest, unreadableManifest } from './parse-manifest.ts';
import { type FileContent, listManifests, readManifestFile } from './read-folder.ts';

/** What was last read from each file, so that only changed files are parsed. */
export type SeenFiles = Map<string, string>;

/**
 * Brings the catalog up to date with a folder. Files are read each time and compared by content, since times of
 * change are too coarse to tell two quick writes apart.
 * @throws the error of the file system where the folder can't be read; the catalog is then as it was.
 */
export async function scanFolder(
  directory: string,
  catalog: Catalog,
  seen: SeenFiles,
  settings: Settings,
): Promise<void> {
  const listed = await listManifests(directory);
  const present = new Set<string>();
  for (const file of listed) {
    const content = await readManifestFile(file);
    if (content === undefined) continue;
    present.add(file);
    await update(file, content, catalog, seen, settings);
  }
  for (const file of catalog.files) {
    if (present.has(file)) continue;
    catalog.delete(file);
    seen.delete(file);
  }
}

async function update(
  file: string,
  content: FileContent,
  catalog: Catalog,
  seen: SeenFiles,
  settings: Settings,
): Promise<void> {
  const digest = digestOf(content);
  if (seen.get(file) === digest) return;
  seen.set(file, digest);
  catalog.set(
    file,
    content.kind === 'text'
      ? await parseManifest(file, content.text, settings)
      : unreadableManifest(file, content.message),
  );
}

const digestOf = (content: FileContent): string =>
  createHash('sha256')
    .update(content.kind)
    .update(content.kind === 'text' ? content.text : content.message)
    .digest('hex');
