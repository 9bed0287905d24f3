import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Metafile } from 'esbuild';

const repository = join(import.meta.dirname, '..');
const output = join(repository, 'build/js');

/** What is shipped, by the folder of its sources. */
const programs = { 'node-agent': 'weir-agent', operator: 'weir-operator' } as const;

/** Modules that are CommonJS ask for Node's own by `require`, which a module of JavaScript does not have. */
const requireOfNode =
  "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);";

/**
 * Makes one file of plain JavaScript of each program and all that it imports, but for koffi, which has machine code.
 * Types are gone and names stay, so that what a crash prints can be read; the map leads back to the sources.
 */
async function bundle(folder: keyof typeof programs): Promise<void> {
  const { metafile } = await build({
    entryPoints: [join(repository, folder, 'src/main.ts')],
    outfile: join(output, `${programs[folder]}.mjs`),
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
    banner: { js: requireOfNode },
    absWorkingDir: repository,
    metafile: true,
    logLevel: 'warning',
  });
  writeFileSync(join(output, `${programs[folder]}.licenses.txt`), licenses(metafile));
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

if (!existsSync(output)) mkdirSync(output, { recursive: true });
for (const folder of ['node-agent', 'operator'] as const) await bundle(folder);
