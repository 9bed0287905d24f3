import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Metafile } from 'esbuild';

const repository = join(import.meta.dirname, '..');
const output = join(repository, 'build/js');

interface Program {
  /** Of its file, without the ending. */
  readonly name: string;
  /** How the file starts itself: one line of at most 255 characters (execve(2)). */
  readonly start: string;
}

/**
 * The agent is one a node and has to be small there. Twenty times a change's worth of garbage waits for a collection,
 * unless V8 is told that a fifth more than what lives is much; with one arena and fixed thresholds glibc gives back
 * what was freed, and each of V8's threads has room of its own. --expose-gc: see node-agent/src/collect-when-idle.ts.
 */
const smallNode = [
  'MALLOC_ARENA_MAX=1 MALLOC_TRIM_THRESHOLD_=131072 MALLOC_MMAP_THRESHOLD_=131072',
  'node --expose-gc --max-semi-space-size=1 --heap-growing-percent=20 --v8-pool-size=2',
].join(' ');

/** What is shipped, by the folder of its sources. */
const programs: Readonly<Record<string, Program>> = {
  'node-agent': { name: 'weir-agent', start: `#!/usr/bin/env -S ${smallNode}` },
  operator: { name: 'weir-operator', start: '#!/usr/bin/env node' },
};

/** Modules that are CommonJS ask for Node's own by `require`, which a module of JavaScript does not have. */
const requireOfNode =
  "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);";

/**
 * Makes one file of plain JavaScript of each program and all that it imports, but for koffi, which has machine code.
 * Types are gone and names stay, so that what a crash prints can be read; the map leads back to the sources.
 */
async function bundle(folder: string, { name, start }: Program): Promise<void> {
  const outfile = join(output, `${name}.mjs`);
  const { metafile } = await build({
    entryPoints: [join(repository, folder, 'src/main.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    external: ['koffi'],
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: 'none',
    sourcemap: 'linked',
    sourcesContent: false,
    banner: { js: `${start}\n${requireOfNode}` },
    absWorkingDir: repository,
    metafile: true,
    logLevel: 'warning',
  });
  chmodSync(outfile, 0o755);
  writeFileSync(join(output, `${name}.licenses.txt`), licenses(metafile));
}

/** The licences of the packages that are in a bundle, whose texts have to go with them. */
function licenses({ inputs }: Metafile): string {
  const folders = new Set(Object.keys(inputs).flatMap(packageFolder));
  return [...folders]
    .sort()
    .map(licenseOf)
    .join(`\n${'-'.repeat(80)}\n\n`);
}

/** The innermost package of `node_modules/a/node_modules/@b/c/index.js`, none for a source of Weir's own. */
function packageFolder(input: string): readonly string[] {
  const found = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1];
  return found === undefined ? [] : [found];
}

function licenseOf(folder: string): string {
  const { name, version, license } = JSON.parse(
    readFileSync(join(repository, folder, 'package.json'), 'utf8'),
  ) as Readonly<Record<string, unknown>>;
  const files = readdirSync(join(repository, folder)).filter((file) =>
    /^(licen[cs]e|copying|notice)/i.test(file),
  );
  const texts = files.map((file) => readFileSync(join(repository, folder, file), 'utf8').trim());
  return `${[`${name} ${version} (${license})`, ...texts].join('\n\n')}\n`;
}

/** The folders of the programs that are wanted; all without arguments. */
const wanted = process.argv.slice(2);
const chosen = wanted.length === 0 ? Object.keys(programs) : wanted;
for (const folder of chosen) {
  const program = programs[folder];
  if (program === undefined) throw new RangeError(`no program ${folder}`);
  await bundle(folder, program);
}
