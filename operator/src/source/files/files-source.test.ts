import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { OperatorError } from '../../errors.ts';
import { Cluster } from '../../model/cluster.ts';
import type { ClusterEvent } from '../../model/event.ts';
import { keyOf, keyText } from '../../model/object-key.ts';
import { defaultSettings } from '../../model/settings.ts';
import type { FileProblem } from '../source-problem.ts';
import { FilesSource } from './files-source.ts';
import { largestFile } from './read-folder.ts';
import { readManifests } from './read-manifests.ts';

const policy = (name: string, port: number | string): string => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: ${name}, namespace: shop}
spec:
  podSelector: {}
  ingress:
    - ports:
        - port: ${port}
`;

const namespace = (name: string): string => `apiVersion: v1\nkind: Namespace\nmetadata: {name: ${name}}\n`;

/** "upsert Policy NetworkPolicy/shop/p" */
const eventText = (event: ClusterEvent): string =>
  event.kind === 'remove'
    ? `remove ${keyText(event.key)}`
    : `upsert ${event.object.kind} ${keyText(keyOf(event.object))}`;

/** A folder that a FilesSource watches, and what it told. */
class Watched {
  readonly directory: string;
  readonly batches: (readonly string[])[] = [];
  readonly cluster = new Cluster(defaultSettings);
  problems: readonly FileProblem[] = [];
  readonly foreign: string[] = [];
  readonly #source: FilesSource;

  constructor(directory: string, rescanMs = 60_000) {
    this.directory = directory;
    this.#source = new FilesSource({
      directory,
      settings: defaultSettings,
      onEvents: (events) => {
        for (const event of events) this.cluster.apply(event);
        this.batches.push(events.map(eventText));
      },
      onProblems: (problems) => {
        this.problems = problems;
      },
      onForeign: (text) => this.foreign.push(text),
      quietMs: 20,
      rescanMs,
    });
  }

  start = (): Promise<void> => this.#source.start();
  stop = (): Promise<void> => this.#source.stop();

  path = (name: string): string => join(this.directory, name);
  /** Nothing of this process reads a file that is half written. */
  write = async (name: string, text: string): Promise<void> => writeFileSync(this.path(name), text);

  /** Waits until the source has told so much. */
  async until(what: () => boolean): Promise<void> {
    const deadline = performance.now() + 30_000;
    while (!what()) {
      assert.ok(performance.now() < deadline, `not told: ${JSON.stringify([this.batches, this.problems])}`);
      await sleep(5);
    }
  }

  /** The batches since the start, and problems as "file:line path: message". */
  told(): readonly [events: readonly (readonly string[])[], problems: readonly string[]] {
    const problems = this.problems.map(
      ({ place: { file, line }, path, message }) =>
        `${relative(this.directory, file)}:${line} ${path}: ${message}`,
    );
    return [this.batches.slice(1), problems];
  }
}

describe('FilesSource', () => {
  let directory: string;
  let watched: Watched;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'weir-files-'));
    watched = new Watched(directory);
  });

  afterEach(async () => {
    await watched.stop();
    await rm(directory, { recursive: true, force: true });
  });

  it('delivers the folder in one batch, sub-folders and links included, hidden and other files left out', async () => {
    await mkdir(join(directory, 'net', '.git'), { recursive: true });
    await watched.write('a.yaml', `${namespace('a')}---\n${policy('p', 80)}`);
    await watched.write('net/b.json', '{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"b"}}');
    await watched.write('net/c.yml', policy('q', '"80"'));
    await watched.write('net/.git/d.yaml', namespace('d'));
    await watched.write('.e.yaml', namespace('e'));
    await watched.write('f.txt', namespace('f'));
    await writeFile(join(directory, '.data'), namespace('g'));
    await symlink('.data', watched.path('g.yaml'));
    await watched.start();
    assert.deepEqual(watched.batches, [
      [
        'upsert Namespace Namespace//a',
        'upsert Policy NetworkPolicy/shop/p',
        'upsert Namespace Namespace//g',
        'upsert Namespace Namespace//b',
        'upsert RefusedPolicy NetworkPolicy/shop/q',
      ],
    ]);
    assert.equal(watched.told()[1].length, 1);
    assert.match(
      watched.told()[1][0] ?? '',
      /^net\/c.yml:8 spec.ingress\[0\].ports\[0\].port: must be a number/,
    );
  });

  it('delivers an empty folder as an empty batch', async () => {
    await watched.start();
    assert.deepEqual([watched.batches, watched.problems], [[[]], []]);
  });

  it('tells what is written, changed and deleted, and only what is different', async () => {
    await watched.write('a.yaml', `${namespace('a')}---\n${policy('p', 80)}`);
    await watched.start();
    await watched.write('b.yaml', namespace('b'));
    await watched.until(() => watched.batches.length === 2);
    await watched.write('a.yaml', `# again\n${policy('p', 81)}---\n${namespace('a')}`);
    await watched.until(() => watched.batches.length === 3);
    await rm(watched.path('a.yaml'));
    await watched.until(() => watched.batches.length === 4);
    assert.deepEqual(watched.told(), [
      [
        ['upsert Namespace Namespace//b'],
        ['upsert Policy NetworkPolicy/shop/p'],
        ['remove Namespace//a', 'remove NetworkPolicy/shop/p'],
      ],
      [],
    ]);
  });

  it('leaves other kinds alone, which are no problem and hide nothing that has their name', async () => {
    const deployment = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: p, namespace: shop}\n';
    await watched.write('kustomization.yaml', 'resources: [a.yaml]\n');
    await watched.write('a.yaml', `${deployment}---\n${policy('p', 80)}`);
    await watched.start();
    await watched.write('a.yaml', deployment);
    await watched.until(() => watched.batches.length === 2);
    await watched.write('b.yaml', deployment);
    await watched.until(() => watched.foreign.length === 2);
    assert.deepEqual(watched.told(), [[['remove NetworkPolicy/shop/p'], ...watched.batches.slice(2)], []]);
    assert.deepEqual(watched.foreign, [
      '1 Deployment, 1 file of Kustomize',
      '2 Deployments, 1 file of Kustomize',
    ]);
  });

  it('sees files in folders that are made later', async () => {
    await watched.start();
    await mkdir(watched.path('x/y'), { recursive: true });
    await sleep(60);
    await watched.write('x/y/a.yaml', namespace('a'));
    await watched.until(() => watched.batches.length === 2);
    await rm(watched.path('x'), { recursive: true });
    await watched.until(() => watched.batches.length === 3);
    assert.deepEqual(watched.told()[0], [['upsert Namespace Namespace//a'], ['remove Namespace//a']]);
  });

  it('sees each of many files that come in the place of one, in inner folders too', async () => {
    await mkdir(watched.path('inner'));
    await watched.start();
    for (let port = 1; port < 6; port++) {
      for (const name of ['p.yaml', 'inner/q.yaml']) {
        await watched.write('.new', policy(name[0] ?? '', port));
        const told = watched.batches.length;
        await rename(watched.path('.new'), watched.path(name));
        await watched.until(() => watched.batches.length > told);
      }
    }
  });

  it('keeps the objects of a file that no longer parses, until it is repaired', async () => {
    await watched.write('a.yaml', `${namespace('a')}---\n${policy('p', 80)}`);
    await watched.start();
    await watched.write('a.yaml', `${namespace('a')}---\nspec: [\n`);
    await watched.until(() => watched.problems.length === 1);
    assert.deepEqual(watched.told(), [
      [],
      ['a.yaml:6 : Flow sequence in block collection must be sufficiently indented and end with a ]'],
    ]);
    await watched.write('a.yaml', `${namespace('c')}---\nspec: [\n`);
    await watched.until(() => watched.batches.length === 2);
    await watched.write('a.yaml', namespace('c'));
    await watched.until(() => watched.batches.length === 3);
    assert.deepEqual(watched.told(), [
      [['upsert Namespace Namespace//c'], ['remove Namespace//a', 'remove NetworkPolicy/shop/p']],
      [],
    ]);
  });

  it('passes on a refused policy, whose accepted version stays in force', async () => {
    await watched.write('a.yaml', policy('p', 80));
    await watched.start();
    const key = 'NetworkPolicy/shop/p';
    const before = watched.cluster.state.policies.get(key)?.inForce;
    await watched.write('a.yaml', policy('p', 70_000));
    await watched.until(() => watched.problems.length === 1 && watched.batches.length === 2);
    assert.deepEqual(watched.told(), [
      [['upsert RefusedPolicy NetworkPolicy/shop/p']],
      ['a.yaml:8 spec.ingress[0].ports[0].port: must be a whole number from 1 to 65535, is 70000'],
    ]);
    const state = watched.cluster.state.policies.get(key);
    assert.equal(state?.inForce, before);
    assert.equal(state?.refused?.problems.length, 1);
    await watched.write('a.yaml', policy('p', 80));
    await watched.until(() => watched.problems.length === 0);
    assert.equal(watched.cluster.state.policies.get(key)?.refused, undefined);
  });

  it('passes on a refused CiliumCIDRGroup, which isolates where none was accepted, and else stays', async () => {
    const group = (block: string): string => `apiVersion: cilium.io/v2
kind: CiliumCIDRGroup
metadata: {name: office}
spec: {externalCIDRs: [${block}]}
`;
    const denying = `apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: {name: p, namespace: shop}
spec: {endpointSelector: {}, ingress: [{}], ingressDeny: [{fromCIDRSet: [{cidrGroupRef: office}]}]}
`;
    const state = () => watched.cluster.state.policies.get('CiliumNetworkPolicy/shop/p');
    await watched.write('a.yaml', group('010.0.0.0/8'));
    await watched.write('p.yaml', denying);
    await watched.start();
    assert.equal(state()?.withheld[0]?.path, 'spec.ingressDeny[0]');
    await watched.write('a.yaml', group('10.0.0.0/8'));
    await watched.until(() => watched.problems.length === 0);
    assert.equal(state()?.accepted, true);
    await watched.write('a.yaml', group('011.0.0.0/8'));
    await watched.until(() => watched.problems.length === 1);
    assert.equal(state()?.accepted, true);
    assert.deepEqual(
      watched.cluster.state.cidrGroups.get('office')?.blocks.map(({ text }) => text),
      ['10.0.0.0/8'],
    );
  });

  it('keeps an object whose kind or content can’t be read', async () => {
    await watched.write('a.yaml', `${policy('p', 80)}---\n${policy('q', 80)}`);
    await watched.start();
    await watched.write('a.yaml', policy('p', 80).replace('kind: NetworkPolicy', 'kind: NetworkPolcy'));
    await watched.until(() => watched.batches.length === 2);
    assert.deepEqual(watched.told()[0], [['remove NetworkPolicy/shop/q']]);
    assert.match(
      watched.told()[1][0] ?? '',
      /^a.yaml:2 kind: kind "NetworkPolcy" of "networking.k8s.io\/v1" is not/,
    );
  });

  it('refuses an object that another file has, for as long as it has it', async () => {
    await watched.write('b.yaml', policy('p', 80));
    await watched.start();
    await watched.write('a.yaml', `\n${policy('p', 81)}`);
    await watched.until(() => watched.problems.length === 1);
    assert.deepEqual(watched.told(), [
      [],
      [`a.yaml:2 : is already in ${watched.path('b.yaml')}, line 1; that one stays in force`],
    ]);
    await rm(watched.path('b.yaml'));
    await watched.until(() => watched.problems.length === 0);
    assert.deepEqual(watched.told(), [[['upsert Policy NetworkPolicy/shop/p']], []]);
  });

  it('tells nothing of a renamed file', async () => {
    await watched.write('a.yaml', namespace('a'));
    await watched.start();
    await rename(watched.path('a.yaml'), watched.path('b.yaml'));
    await watched.write('c.yaml', namespace('c'));
    await watched.until(() => watched.batches.length === 2);
    assert.deepEqual(watched.told(), [[['upsert Namespace Namespace//c']], []]);
  });

  it('keeps the objects of a file that is too large or no text', async () => {
    await watched.write('a.yaml', namespace('a'));
    await watched.write('b.yaml', namespace('b'));
    await watched.start();
    await truncate(watched.path('a.yaml'), largestFile + 1);
    await writeFile(watched.path('b.yaml'), Uint8Array.of(0x6b, 0xff, 0xfe));
    await watched.until(() => watched.problems.length === 2);
    const [events, [large, noText]] = watched.told();
    assert.deepEqual(events, []);
    assert.equal(large, 'a.yaml:1 : has 10485761 bytes; at most 10485760 are read');
    assert.match(noText ?? '', /^b.yaml:1 : can't be read: The encoded data was not valid/);
  });

  it('keeps everything when the folder is gone, and goes on when it is back', async () => {
    await watched.stop();
    watched = new Watched(directory, 50);
    await watched.write('a.yaml', namespace('a'));
    await watched.start();
    await rename(directory, `${directory}.away`);
    try {
      await watched.until(() => watched.problems.length === 1);
      assert.match(watched.problems[0]?.message ?? '', /can't be read: ENOENT/);
    } finally {
      await rename(`${directory}.away`, directory);
    }
    await watched.write('b.yaml', namespace('b'));
    await watched.until(() => watched.problems.length === 0 && watched.batches.length === 2);
    assert.deepEqual(watched.told()[0], [['upsert Namespace Namespace//b']]);
  });

  it('watches a folder that was put in the place of the first', async () => {
    await watched.stop();
    watched = new Watched(directory, 50);
    await watched.write('a.yaml', namespace('a'));
    await watched.start();
    await rm(directory, { recursive: true });
    await mkdir(directory);
    await watched.write('b.yaml', namespace('b'));
    await watched.until(() => watched.batches.flat().length === 3);
    await watched.write('c.yaml', namespace('c'));
    await watched.until(() => watched.batches.flat().length === 4);
    assert.deepEqual([...watched.cluster.state.namespaces.keys()].sort(), ['b', 'c']);
  });

  it('says that a folder can’t be read at the start', async () => {
    const file = join(directory, 'a.yaml');
    await writeFile(file, '');
    for (const path of [join(directory, 'none'), file])
      await assert.rejects(
        new Watched(path).start(),
        (error) => error instanceof OperatorError && error.code === 'manifests-unreadable',
      );
  });

  it('calls nothing after stop', async () => {
    await watched.start();
    await watched.write('a.yaml', namespace('a'));
    await watched.stop();
    await sleep(100);
    assert.deepEqual(watched.batches, [[]]);
  });
});

describe('readManifests', () => {
  it('reads files and folders once', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'weir-files-'));
    try {
      await writeFile(join(directory, 'a.yaml'), namespace('a'));
      await writeFile(join(directory, 'b.txt'), policy('p', 70_000));
      const { events, problems } = await readManifests(
        [directory, join(directory, 'b.txt')],
        defaultSettings,
      );
      assert.deepEqual(events.map(eventText), [
        'upsert Namespace Namespace//a',
        'upsert RefusedPolicy NetworkPolicy/shop/p',
      ]);
      assert.deepEqual(
        problems.map(({ place, path }) => [place.line, path]),
        [[8, 'spec.ingress[0].ports[0].port']],
      );
      await assert.rejects(
        readManifests([join(directory, 'none')], defaultSettings),
        (error) => error instanceof OperatorError && error.code === 'manifests-unreadable',
      );
    } finally {
      await rm(directory, { recursive: true });
    }
  });
});
