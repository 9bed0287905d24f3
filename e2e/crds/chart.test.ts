import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { parseAllDocuments } from 'yaml';
import { ControlPlane } from '../cluster/control-plane.ts';
import { type CommandResult, runCommand } from '../lab/command.ts';
import { createForeignCrds } from './foreign-crds.ts';
import { crdFiles, type Manifest, repository } from './judge.ts';
import { userProgram } from './programs.ts';

const chart = join(repository, 'config/charts/weir-crds');
const policies = 'ciliumnetworkpolicies.cilium.io';
const bundles = 'policybundles.weir.dev';

describe('config/charts/weir-crds, by Helm', function () {
  this.timeout(900_000);
  const home = mkdtempSync(join(tmpdir(), 'weir-helm-'));
  let plane: ControlPlane;
  let program: string;

  before(async function () {
    this.timeout(3_600_000);
    program = await userProgram('helm');
    plane = await ControlPlane.up({ controllers: false });
    await createForeignCrds(plane, [policies]);
  });
  after(async () => {
    await plane?.down();
    rmSync(home, { recursive: true, force: true });
  });

  const helm = (...args: readonly string[]): Promise<CommandResult> =>
    runCommand(['env', `HOME=${home}`, program, `--kubeconfig=${plane.kubeconfig}`, ...args]);
  const mustHelm = async (...args: readonly string[]): Promise<string> => {
    const { code, stdout, stderr } = await helm(...args);
    assert.equal(code, 0, stderr);
    return stdout;
  };
  const crd = (name: string): Promise<Manifest> => plane.get<Manifest>('crd', name);
  const names = async (): Promise<readonly string[]> =>
    (await plane.mustKubectl('get', 'crd', '-o', 'name')).trim().split('\n');

  it('is a sound chart, with all CRDs where there is no cluster to look at', async () => {
    await mustHelm('lint', '--strict', chart);
    const rendered = await mustHelm('template', 'weir-crds', chart);
    const found = parseAllDocuments(rendered).map((document) => document.toJS() as Manifest);
    assert.deepEqual(new Set(found.map(({ kind }) => kind)), new Set(['CustomResourceDefinition']));
    assert.equal(found.length, crdFiles.length);
  });

  it('refuses a name that it does not know, which would leave out nothing', async () => {
    const { code, stderr } = await helm(
      'template',
      'weir-crds',
      chart,
      '--set',
      'crds.networkpolicies=false',
    );
    assert.notEqual(code, 0);
    assert.match(stderr, /networkpolicies/);
  });

  it("leaves others' CRDs as they are", async () => {
    const before = await crd(policies);
    const said = await mustHelm('install', 'weir-crds', chart);
    assert.match(said, /ciliumnetworkpolicies\.cilium\.io: is there already/);
    assert.deepEqual(await crd(policies), before);
    assert.equal((await names()).length, crdFiles.length);
  });

  it('brings up to date what is its own', async () => {
    await plane.mustKubectl('annotate', 'crd', bundles, '--overwrite', 'helm.sh/resource-policy=other');
    await mustHelm('upgrade', 'weir-crds', chart, '--force-conflicts');
    assert.equal((await crd(bundles)).metadata.annotations?.['helm.sh/resource-policy'], 'keep');
  });

  it('keeps what is left out later, and all of it when it is uninstalled', async () => {
    await mustHelm('upgrade', 'weir-crds', chart, '--set', 'crds.clusternetworkpolicies=false');
    assert.equal((await names()).length, crdFiles.length);
    await mustHelm('uninstall', 'weir-crds');
    assert.equal((await names()).length, crdFiles.length);
    await mustHelm('install', 'weir-crds', chart);
  });
});
