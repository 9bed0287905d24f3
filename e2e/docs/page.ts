import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../lab/process.ts';

/** What stands between two fences of a page. */
export interface Block {
  /** After the fence: "sh walk", "yaml cluster", "text", …; empty where nothing is. */
  readonly kind: string;
  readonly text: string;
  /** Of the fence, from 1. */
  readonly line: number;
}

/** @param path from the repository's root, as "docs/install.md" */
export const readPage = (path: string): string => readFileSync(join(repository, path), 'utf8');

export function blocksOf(page: string): readonly Block[] {
  return Array.from(
    page.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm),
    ({ 1: kind = '', 2: text = '', index }) => ({
      kind,
      text,
      line: page.slice(0, index).split('\n').length,
    }),
  );
}
