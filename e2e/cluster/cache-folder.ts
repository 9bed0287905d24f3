import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where what is dear to make is kept: $WEIR_CACHE, or ~/.cache/weir. */
export function cacheFolder(environment: Readonly<Record<string, string | undefined>>): string {
  return environment.WEIR_CACHE ?? join(homedir(), '.cache/weir');
}
