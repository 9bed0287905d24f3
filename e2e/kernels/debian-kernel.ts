import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

export interface DebianKernel {
  /** For example "5.10.0-33-amd64". */
  readonly version: string;
  /** The compressed kernel. */
  readonly file: string;
}

const apt = (program: 'apt-get' | 'apt-cache', root: string, args: readonly string[], cwd = root): string =>
  execFileSync(
    program,
    [
      '-q=2',
      ...[
        `Dir::State=${root}/state`,
        `Dir::State::status=${root}/status`,
        `Dir::Cache=${root}/cache`,
        `Dir::Etc::sourcelist=${root}/sources.list`,
        'Dir::Etc::sourceparts=-',
        'Acquire::Languages=none',
        'Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false',
        'APT::Sandbox::User=root',
      ].flatMap((option) => ['-o', option]),
      ...args,
    ],
    { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
  );

/** Where this machine gets its Debian packages from. */
function mirror(): string {
  const uris = execFileSync('apt-get', ['indextargets', '--format', '$(REPO_URI) $(RELEASE)'], {
    encoding: 'utf8',
  });
  const line = uris.split('\n').find((text) => /^https?:\S*\/debian\/? /.test(text));
  return line?.split(' ')[0] ?? 'http://deb.debian.org/debian';
}

/** An apt root of our own, so that the machine's sources and packages stay as they are. */
function makeRoot(root: string, suite: string): void {
  for (const folder of ['state/lists/partial', 'cache/archives/partial'])
    mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, 'status'), '');
  writeFileSync(join(root, 'sources.list'), `deb ${mirror()} ${suite} main\n`);
}

function cachedKernel(folder: string): DebianKernel | undefined {
  const name = readdirSync(folder).find((file) => file.startsWith('vmlinuz-'));
  return name === undefined
    ? undefined
    : { version: name.slice('vmlinuz-'.length), file: join(folder, name) };
}

/**
 * The kernel of a Debian release, from its package linux-image-amd64 by apt; kept under `cache`, where it stays
 * until somebody removes it. Throws what apt says where there is neither.
 */
export function debianKernel(suite: string, cache: string): DebianKernel {
  const folder = join(cache, suite);
  mkdirSync(folder, { recursive: true });
  const cached = cachedKernel(folder);
  if (cached) return cached;
  const root = join(folder, 'apt');
  makeRoot(root, suite);
  apt('apt-get', root, ['update']);
  const depends = apt('apt-cache', root, ['depends', 'linux-image-amd64']);
  const name = /Depends: (linux-image-[0-9]\S+)/.exec(depends)?.[1];
  if (name === undefined) throw new Error(`linux-image-amd64 of ${suite} names no kernel:\n${depends}`);
  apt('apt-get', root, ['download', name]);
  unpack(root, folder);
  rmSync(root, { recursive: true });
  const kernel = cachedKernel(folder);
  if (!kernel) throw new Error(`${name} holds no kernel`);
  return kernel;
}

function unpack(root: string, folder: string): void {
  const packages = readdirSync(root).filter((file) => file.endsWith('.deb'));
  for (const file of packages) {
    const tree = join(root, 'tree');
    execFileSync('dpkg-deb', ['--extract', join(root, file), tree]);
    for (const name of readdirSync(join(tree, 'boot')).filter((entry) => entry.startsWith('vmlinuz-')))
      renameSync(join(tree, 'boot', name), join(folder, basename(name)));
  }
}
