import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildProgram, type GoProgram, hashOf } from '../cluster/binaries.ts';
import { cacheFolder } from '../cluster/cache-folder.ts';

const module = join(import.meta.dirname, 'programs');

const programs = {
  helm: { file: 'helm', module, package: 'helm.sh/helm/v4/cmd/helm' },
  /** Runs health checks as Argo CD does; programs/lua says how it is asked. */
  lua: { file: 'lua', module, package: './lua' },
} as const satisfies Readonly<Record<string, GoProgram>>;

type ProgramName = keyof typeof programs;

const toError = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

/**
 * The path of a program that users have beside Weir's manifests; it is built where the cache lacks it.
 * @throws ClusterError build-failed
 */
export async function userProgram(name: ProgramName, report = toError): Promise<string> {
  const program = programs[name];
  const sources = name === 'lua' ? readdirSync(join(module, 'lua')).map((file) => `lua/${file}`) : [];
  const hash = hashOf(module, ['go.mod', 'go.sum', ...sources]);
  const path = join(cacheFolder(process.env), `${name}-${hash}`, program.file);
  mkdirSync(join(path, '..'), { recursive: true });
  await buildProgram(program, path, report);
  return path;
}

/** All of them, one after the other. @throws ClusterError build-failed */
export async function userPrograms(report: (line: string) => void): Promise<readonly string[]> {
  const paths: string[] = [];
  for (const name of Object.keys(programs) as readonly ProgramName[])
    paths.push(await userProgram(name, report));
  return paths;
}
