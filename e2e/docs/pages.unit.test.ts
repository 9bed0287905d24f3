import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'mocha';
import { repository } from '../lab/process.ts';
import { readPage } from './page.ts';

const docs = readdirSync(join(repository, 'docs')).map((name) => `docs/${name}`);
const pages = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...docs];

/** Options of kubectl, helm, docker, node and kube-router, and of every program, as the pages use them. */
const othersOptions = [
  ...[
    'all',
    'cascade',
    'context',
    'create-namespace',
    'field-selector',
    'ignore-not-found',
    'list',
    'patch-file',
  ],
  ...[
    'prefix',
    'tail',
    'type',
    'platform',
    'push',
    'rm',
    'build-arg',
    'run-firewall',
    'privileged',
    'install',
    'enable-source-maps',
    'help',
  ],
];

const isTest = (file: string): boolean => /\.test\.ts$/.test(file);

const files = ['operator/src', 'node-agent/src', 'log', 'e2e', 'bpf', 'config', 'ship'].flatMap((folder) =>
  readdirSync(join(repository, folder), { withFileTypes: true, recursive: true })
    .filter(
      ({ name, parentPath }) => /\.(ts|go|c|h|yaml)$/.test(name) && !parentPath.includes('node_modules'),
    )
    .map(({ name, parentPath }) => join(parentPath, name)),
);

const textOf = (chosen: readonly string[]): string =>
  chosen.map((file) => readFileSync(file, 'utf8')).join('\n');

const sources = textOf(files.filter((file) => !isTest(file)));
/** Some are told by variables how much to do. */
const tests = textOf(files.filter(isTest));

/** As GitHub makes them of headings. */
const anchorsOf = (page: string): ReadonlySet<string> =>
  new Set(
    Array.from(page.matchAll(/^#+ (.+)$/gm), ([, heading = '']) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );

/** What a pattern finds in all pages, with the page that it is in. */
const found = (pattern: RegExp): readonly (readonly [string, string])[] =>
  pages.flatMap((path) =>
    Array.from(readPage(path).matchAll(pattern), (match) => [path, match[1] ?? ''] as const),
  );

const missing = (
  what: readonly (readonly [string, string])[],
  isThere: (name: string) => boolean,
): readonly string[] => {
  assert.ok(what.length > 0);
  return what.filter(([, name]) => !isThere(name)).map(([path, name]) => `${path}: ${name}`);
};

describe('the pages', () => {
  it('link to what is there', () => {
    const broken = found(/\]\((?!https?:)([^)]+)\)/g).filter(([path, link]) => {
      const [file = '', anchor] = link.split('#');
      const target = file === '' ? path : join(dirname(path), file);
      if (!existsSync(join(repository, target))) return true;
      return anchor !== undefined && !anchorsOf(readPage(target)).has(anchor);
    });
    assert.deepEqual(broken, []);
  });

  it('are all found from the README', () => {
    const linked = new Set(
      Array.from(readPage('README.md').matchAll(/\]\((docs\/[^)#]+)/g), ([, path]) => path),
    );
    assert.deepEqual(
      docs.filter((path) => !linked.has(path)),
      [],
    );
  });

  it('name files that exist', () => {
    const paths = found(
      /(?<![\w/.-])((?:config|crds|docs|e2e|bpf|operator|node-agent|proto|scripts|log)\/[\w./-]*[\w-])/g,
    );
    assert.deepEqual(
      missing(paths, (path) => existsSync(join(repository, path))),
      [],
    );
  });

  it('name scripts and targets that exist', () => {
    const { scripts } = JSON.parse(readPage('package.json')) as { readonly scripts: Record<string, string> };
    assert.deepEqual(
      missing(found(/npm run ([\w:-]+)/g), (name) => name in scripts),
      [],
    );
    const targets = new Set(Array.from(readPage('Makefile').matchAll(/^([a-z]+):/gm), ([, name]) => name));
    assert.deepEqual(
      missing(found(/(?:`| {4})make ([a-z]+)\b/g), (name) => targets.has(name)),
      [],
    );
  });

  it('name options that somebody has', () => {
    const option = /(?<![\w-])--([a-z][a-z-]+[a-z])/g;
    const known = new Set([
      ...othersOptions,
      ...Array.from(sources.matchAll(option), ([, name = '']) => name),
    ]);
    assert.deepEqual(
      missing(found(option), (name) => known.has(name)),
      [],
    );
  });

  it('name variables, metrics and log messages that exist', () => {
    const ofKubelet = /^WEIR_OPERATOR_SERVICE_/;
    for (const pattern of [/\b(WEIR_[A-Z_]+[A-Z])\b/g, /\b(weir_[a-z_]+[a-z])\b/g, /grep '"([^"\n]+)"'/g])
      assert.deepEqual(
        missing(
          found(pattern),
          (name) =>
            sources.includes(name) || ofKubelet.test(name) || (/^WEIR_/.test(name) && tests.includes(name)),
        ),
        [],
      );
  });

  it('have every metric', () => {
    const documented = readPage('docs/operator.md');
    const names = Array.from(sources.matchAll(/name: '(weir_\w+)'/g), ([, name = '']) => name);
    assert.ok(names.length > 5);
    assert.deepEqual(
      names.filter((name) => !documented.includes(name)),
      [],
    );
  });
});
