// Builds the programs of a test cluster that the cache lacks.
import { buildBinaries } from './binaries.ts';
import { cacheFolder } from './cache-folder.ts';
import { ClusterError } from './errors.ts';

try {
  const binaries = await buildBinaries(cacheFolder(process.env), undefined, console.log);
  console.log(`all programs are there: ${Object.values(binaries).join(' ')}`);
} catch (error) {
  if (!(error instanceof ClusterError)) throw error;
  console.error(`${error.message} (${error.code})`);
  process.exitCode = 1;
}
