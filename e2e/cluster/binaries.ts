import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ClusterError } from './errors.ts';
import { streamCommand } from './stream-command.ts';

const KUBERNETES = 'v1.37.2';
const controlModule = join(import.meta.dirname, 'binaries');
const netletModule = join(import.meta.dirname, 'netlet');

/** Paths of the programs that a test cluster runs. */
export interface Binaries {
  readonly etcd: string;
  readonly apiserver: string;
  readonly kubectl: string;
  readonly controllerManager: string;
  readonly scheduler: string;
  readonly proxy: string;
  readonly agnhost: string;
  readonly netlet: string;
}

/** A program of a Go module. */
export interface GoProgram {
  /** Name of its file. */
  readonly file: string;
  /** Folder of the module that pins it. */
  readonly module: string;
  readonly package: string;
  /** Built only where the module passes its own checks and tests. */
  readonly tested?: true;
}

const ofControl = (file: string, path: string): GoProgram => ({ file, module: controlModule, package: path });

/** What takes long and is needed first comes first. */
const programs: Readonly<Record<keyof Binaries, GoProgram>> = {
  etcd: ofControl('etcd', 'go.etcd.io/etcd/server/v3'),
  apiserver: ofControl('kube-apiserver', 'k8s.io/kubernetes/cmd/kube-apiserver'),
  kubectl: ofControl('kubectl', 'k8s.io/kubernetes/cmd/kubectl'),
  controllerManager: ofControl('kube-controller-manager', 'k8s.io/kubernetes/cmd/kube-controller-manager'),
  scheduler: ofControl('kube-scheduler', 'k8s.io/kubernetes/cmd/kube-scheduler'),
  proxy: ofControl('kube-proxy', 'k8s.io/kubernetes/cmd/kube-proxy'),
  agnhost: ofControl('agnhost', 'k8s.io/kubernetes/test/images/agnhost'),
  netlet: { file: 'netlet', module: netletModule, package: '.', tested: true },
};

export type BinaryName = keyof typeof programs;

const allNames = Object.keys(programs) as readonly BinaryName[];

/**
 * Builds the programs that are missing in `cache`, each under a lock, so that two runs build it once, and renamed
 * into place when whole. The folder's name has the hash of what pins the program's source.
 * @param report told what is built and how long it took
 * @throws ClusterError build-failed
 */
export async function buildBinaries(
  cache: string,
  names: readonly BinaryName[] = allNames,
  report: (line: string) => void = () => undefined,
): Promise<Binaries> {
  const paths = binaryPaths(cache);
  for (const name of names) await buildProgram(programs[name], paths[name], report);
  return paths;
}

/** Where the programs are, built or not. */
export function binaryPaths(cache: string): Binaries {
  const control = join(cache, `kubernetes-${KUBERNETES}-${hashOf(controlModule, ['go.mod', 'go.sum'])}`);
  const sources = readdirSync(netletModule).filter((file) => /\.go$|^go\./.test(file));
  const netlet = join(cache, `netlet-${hashOf(netletModule, sources.sort())}`);
  const entries = allNames.map((name) => {
    const { file, module } = programs[name];
    return [name, join(module === controlModule ? control : netlet, file)];
  });
  return Object.fromEntries(entries) as Binaries;
}

/** Of a folder's files: what pins the source of a program. */
export function hashOf(folder: string, files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${file}\0`).update(readFileSync(join(folder, file)));
  return hash.digest('hex').slice(0, 12);
}

/** Builds a program at that path, where it is missing; see buildBinaries. @throws ClusterError build-failed */
export async function buildProgram(
  program: GoProgram,
  path: string,
  report: (line: string) => void,
): Promise<void> {
  if (existsSync(path)) return;
  mkdirSync(join(path, '..'), { recursive: true });
  const began = performance.now();
  report(`building ${program.file} (${program.package})`);
  const flags = `-s -w -X k8s.io/component-base/version.gitVersion=${KUBERNETES}`;
  // Whoever waited for the lock finds the program built. flock(1) lets go when its command ends, however it ends.
  const checks = program.tested ? 'go vet -trimpath "$3" && go test -trimpath "$3" && ' : '';
  const build = 'go build -trimpath -ldflags "$2" -o "$1.new" "$3" && mv "$1.new" "$1"';
  const script = `test -e "$1" || { ${checks}${build}; }`;
  const command = ['flock', `${path}.lock`, 'bash', '-c', script, 'build', path, flags, program.package];
  const said: string[] = [];
  const code = await streamCommand(command, {
    directory: program.module,
    environment: { CGO_ENABLED: '0' },
    line: (text) => {
      said.push(text);
      report(`  ${text}`);
    },
  });
  if (code !== 0) {
    const end = said.slice(-15).join('\n');
    throw new ClusterError('build-failed', `building ${program.package} in ${program.module} failed: ${end}`);
  }
  report(`built ${program.file} in ${Math.round((performance.now() - began) / 1000)} s`);
}
