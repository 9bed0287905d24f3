import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { defaultSettings } from '../model/settings.ts';
import { check } from './check.ts';

const object = (apiVersion: string, kind: string, name = 'web'): string =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: ${name}, namespace: shop}\n`;

const policy = `${object('networking.k8s.io/v1', 'NetworkPolicy')}spec:\n  podSelector: {}\n`;

describe('check', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'weir-check-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** Whether all is well, and what was written, with paths from the folder on. */
  async function checked(
    files: Readonly<Record<string, string>>,
  ): Promise<readonly [good: boolean, lines: readonly string[]]> {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), text);
    }
    const lines: string[] = [];
    const good = await check([folder], defaultSettings, (line) =>
      lines.push(line.replaceAll(`${folder}/`, '')),
    );
    return [good, lines];
  }

  it('counts what it does not read, and finds nothing wrong with it', async () => {
    const [good, lines] = await checked({
      'kustomization.yaml': 'resources: [web.yaml]\n',
      'base/kustomization.yaml': `${object('kustomize.config.k8s.io/v1beta1', 'Kustomization')}resources: []\n`,
      'chart/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
      'chart/values.yaml': 'replicas: 3\n',
      'chart/values-production.yaml': 'replicas: 5\n',
      'web.yaml': [
        object('apps/v1', 'Deployment'),
        object('apps/v1', 'Deployment', 'db'),
        object('v1', 'ConfigMap'),
        object('networking.k8s.io/v1', 'Ingress'),
        object('networking.k8s.io/v1', 'Ingress', 'db'),
        object('serving.knative.dev/v1', 'Service'),
        policy,
      ].join('---\n'),
    });
    assert.deepEqual(lines, [
      'not read: 3 files of Helm, 2 Deployments, 2 Ingresses, 1 ConfigMap, 1 Kustomization, ' +
        '1 Service of serving.knative.dev, 1 file of Kustomize',
      '1 object accepted, 0 problems',
    ]);
    assert.ok(good);
  });

  it('says of the rest what is wrong, and where', async () => {
    const [good, lines] = await checked({
      'a.yaml': `${object('apps/v1', 'Deployment')}---\n${object('cilium.io/v3', 'CiliumNetworkPolicy')}`,
      'b.yaml': object('networking.k8s.io/v1', 'NetworkPolicyy'),
      'c.yaml': 'replicas: 3\n',
    });
    assert.ok(!good);
    assert.deepEqual(
      lines.map((line) => line.replace(/; supported are .*/, '')),
      [
        'a.yaml:5:1: apiVersion: CiliumNetworkPolicy of "cilium.io/v3" is not supported; supported is cilium.io/v2',
        'b.yaml:2:1: kind: kind "NetworkPolicyy" of "networking.k8s.io/v1" is not supported',
        'c.yaml:1:1: kind: must be a string, is absent',
        'c.yaml:1:1: apiVersion: must be a string, is absent',
        'not read: 1 Deployment',
        '0 objects accepted, 4 problems',
      ],
    );
  });

  it('says nothing of other kinds where there are none, and names twenty at most', async () => {
    assert.deepEqual(await checked({ 'a.yaml': policy }), [true, ['1 object accepted, 0 problems']]);
    const many = Array.from({ length: 25 }, (_, n) => object('example.com/v1', `K${n + 10}`)).join('---\n');
    const [, [line = '']] = await checked({ 'b.yaml': many });
    assert.match(line, /^not read: 1 K10, 1 K11, .*, 1 K29, 5 of other kinds$/);
  });
});
