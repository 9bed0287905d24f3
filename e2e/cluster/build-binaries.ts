// Builds the programs of a test cluster, and those that users have beside it, where the cache lacks them.
import { userPrograms } from '../crds/programs.ts';
import { buildBinaries } from './binaries.ts';
import { cacheFolder } from './cache-folder.ts';
import { ClusterError } from './errors.ts';

try {
  const binaries = await buildBinaries(cacheFolder(process.env), undefined, console.log);
  const others = await userPrograms(console.log);
  console.log(`all programs are there: ${[...Object.values(binaries), ...others].join(' ')}`);
} catch (error) {
  if (!(error instanceof ClusterError)) throw error;
  console.error(`${error.message} (${error.code})`);
  process.exitCode = 1;
}
