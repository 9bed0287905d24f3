import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { type Judge, type Manifest, repository } from './judge.ts';

/** What kubectl makes of a kustomization. @param of its objects of this kind alone */
export async function buildText({ plane }: Judge, text: string, of?: string): Promise<readonly Manifest[]> {
  // Kustomize takes no absolute paths.
  mkdirSync(join(repository, 'build'), { recursive: true });
  const folder = mkdtempSync(join(repository, 'build/kustomize-'));
  try {
    writeFileSync(join(folder, 'kustomization.yaml'), text.replaceAll(repository, '../..'));
    const built = await plane.mustKubectl('kustomize', folder);
    return parseAllDocuments(built)
      .map((document) => document.toJS() as Manifest)
      .filter(({ kind }) => of === undefined || kind === of);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
