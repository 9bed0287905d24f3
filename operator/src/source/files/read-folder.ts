import { readdir, readFile, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';

/** What a file holds, or why it can't be read. */
export type FileContent =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'unreadable'; readonly message: string };

/** In bytes. */
export const largestFile = 10 * 1024 * 1024;

const extensions: ReadonlySet<string> = new Set(['.yaml', '.yml', '.json']);

/**
 * The paths of all manifests in a folder and the folders in it, sorted. Names that begin with a dot are left out
 * (editors' and kubelet's own files); links to files are followed, links to folders are not.
 * @throws the error of the file system where the folder itself can't be read.
 */
export async function listManifests(directory: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.name.startsWith('.')) continue;
    if (entry.isDirectory()) found.push(...(await listInner(path)));
    else if (extensions.has(extname(entry.name).toLowerCase())) found.push(path);
  }
  return found.sort();
}

/** Empty for a folder that is gone since it was listed. */
async function listInner(directory: string): Promise<readonly string[]> {
  try {
    return await listManifests(directory);
  } catch (error) {
    if (isGone(error)) return [];
    throw error;
  }
}

/** Undefined for a file that is gone. */
export async function readManifestFile(path: string): Promise<FileContent | undefined> {
  try {
    const status = await stat(path);
    if (!status.isFile()) return { kind: 'unreadable', message: 'is no regular file' };
    const { size } = status;
    if (size > largestFile)
      return { kind: 'unreadable', message: `has ${size} bytes; at most ${largestFile} are read` };
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path));
    return { kind: 'text', text };
  } catch (error) {
    if (isGone(error)) return undefined;
    const reason = error instanceof Error ? error.message : String(error);
    return { kind: 'unreadable', message: `can't be read: ${reason}` };
  }
}

const isGone = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';
