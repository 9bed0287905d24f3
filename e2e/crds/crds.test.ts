import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { runCommand } from '../lab/command.ts';
import { buildText } from './build-text.ts';
import {
  cilium,
  clusterPolicy,
  crdFiles,
  Judge,
  type Manifest,
  pathOf,
  readManifests,
  repository,
} from './judge.ts';

describe('CRDs', function () {
  this.timeout(900_000);
  let judge: Judge;

  before(async () => {
    judge = await Judge.up([...crdFiles]);
  });
  after(() => judge?.down());

  it('have the same rules for both scopes of Cilium', () => {
    const schemaOf = (file: string): unknown => {
      const [crd] = readManifests(file);
      assert.ok(crd);
      const [version] = (crd.spec as { readonly versions: readonly { readonly schema: object }[] }).versions;
      return JSON.parse(
        JSON.stringify(version?.schema).replaceAll(/Rules for pods of (one|every) namespace\./g, ''),
      );
    };
    assert.deepEqual(
      schemaOf('crds/ciliumclusterwidenetworkpolicies.yaml'),
      schemaOf('crds/ciliumnetworkpolicies.yaml'),
    );
  });

  it('are kept by Argo CD and Helm', () => {
    for (const file of crdFiles) {
      const annotations = readManifests(file)[0]?.metadata.annotations;
      assert.equal(annotations?.['argocd.argoproj.io/sync-options'], 'Prune=false,Delete=false', file);
      assert.equal(annotations?.['helm.sh/resource-policy'], 'keep', file);
    }
  });

  it('are a kustomize component and a chart with the same files', async () => {
    const manifests = await buildText(
      judge,
      `components: [${repository}/crds]\n`,
      'CustomResourceDefinition',
    );
    assert.equal(manifests.length, crdFiles.length);
    const values = readFileSync(join(repository, 'config/charts/weir-crds/values.yaml'), 'utf8');
    for (const file of crdFiles) {
      const name = file.replace('crds/', '').replace('.yaml', '');
      assert.match(values, new RegExp(`^ {2}${name}: true$`, 'm'));
      const inChart = join(repository, 'config/charts/weir-crds/files', `${name}.yaml`);
      assert.equal(readFileSync(inChart, 'utf8'), readFileSync(join(repository, file), 'utf8'));
    }
  });

  it("are created where they are absent, brought up to date, and left alone where they are others'", async () => {
    const { plane } = judge;
    const install = join(repository, 'crds/install');
    const command = ['env', `KUBECTL=${plane.binaries.kubectl}`, install, '--kubeconfig', plane.kubeconfig];
    const label = (crd: string, ...labels: readonly string[]): Promise<string> =>
      plane.mustKubectl('label', 'crd', crd, '--overwrite', ...labels);
    await plane.mustKubectl('delete', 'crd', 'policybundles.weir.dev');
    await label('ciliumnetworkpolicies.cilium.io', 'app.kubernetes.io/part-of-', 'owner=cilium');
    await label('ciliumcidrgroups.cilium.io', 'app.kubernetes.io/managed-by=Helm');
    await label('clusternetworkpolicies.policy.networking.k8s.io', 'outdated=yes');
    const { code, stdout, stderr } = await runCommand(command);
    assert.equal(code, 0, stdout + stderr);
    assert.match(stdout, /policybundles.weir.dev created/);
    assert.match(stdout, /ciliumnetworkpolicies.cilium.io is somebody else's and stays as it is/);
    assert.match(stdout, /ciliumcidrgroups.cilium.io is of a Helm release/);
    assert.match(stdout, /clusternetworkpolicies.policy.networking.k8s.io replaced/);
    const { items } = await plane.get<{ items: readonly Manifest[] }>('crd', '-l', 'outdated=yes');
    assert.deepEqual(items, []);
    const away = await runCommand([...command, '--server=https://127.0.0.1:1']);
    assert.notEqual(away.code, 0);
  });

  it('show what design says of bundles, also wide', async () => {
    const { plane, client } = judge;
    const bundle = { apiVersion: 'weir.dev/v1alpha1', kind: 'PolicyBundle', metadata: { name: 'node-1' } };
    await client.request({ method: 'POST', path: pathOf(bundle), body: bundle });
    const condition = { type: 'Ready', status: 'False', reason: 'Applying', message: 'applying revision 9' };
    const numbers = { revision: 9, enforced: 8, endpoints: 37, tables: 4, prefixes: 50, uncovered: 1 };
    const texts = { mode: 'enforce', kernel: '6.18.0', attach: 'tcx', agent: '0.1.0' };
    const lastTransitionTime = '2026-01-01T00:00:00Z';
    await client.request({
      method: 'PATCH',
      path: `${pathOf(bundle)}/node-1/status`,
      contentType: 'application/merge-patch+json',
      body: {
        status: {
          ...numbers,
          ...texts,
          behindSince: lastTransitionTime,
          conditions: [{ ...condition, lastTransitionTime }],
        },
      },
    });
    const lines = async (...flags: readonly string[]): Promise<readonly string[]> =>
      (await plane.mustKubectl('get', 'policybundles', ...flags))
        .split('\n')
        .map((line) => line.replaceAll(/ +/g, ' ').trim());
    const [head, row] = await lines();
    assert.equal(head, 'NAME READY REVISION ENFORCED ENDPOINTS BEHIND-SINCE MESSAGE');
    assert.match(row ?? '', /^node-1 False 9 8 37 \S+ applying revision 9$/);
    const [wideHead, wide] = await lines('-o', 'wide');
    assert.equal(wideHead, `${head} TABLES PREFIXES UNCOVERED MODE KERNEL ATTACH AGENT`);
    assert.match(wide ?? '', / applying revision 9 4 50 1 enforce 6\.18\.0 tcx 0\.1\.0$/);
  });

  it('say of policies why they are refused or not enforced, in a wide column', async () => {
    const { plane, client } = judge;
    const spec = { endpointSelector: {}, ingress: [{}] };
    const tiered = { tier: 'Admin', priority: 7, subject: { namespaces: {} } };
    const metadata = { name: 'why' };
    const policies: readonly [Manifest, heads: string][] = [
      [cilium(spec, { metadata: { ...metadata, namespace: 'default' } }), 'NAME AGE VALID ENFORCED'],
      [cilium(spec, { metadata, kind: 'CiliumClusterwideNetworkPolicy' }), 'NAME VALID ENFORCED'],
      [{ ...clusterPolicy(tiered), metadata }, 'NAME TIER PRIORITY ENFORCED AGE'],
    ];
    const others = { type: 'Ready', status: 'True', message: 'of somebody else' };
    const valid = { type: 'Valid', status: 'True', message: 'Policy validation succeeded' };
    const enforced = { type: 'Enforced', status: 'True', message: '2/2 nodes' };
    const lagging = { type: 'Enforced', status: 'False', message: '1/2 nodes; behind: node-2' };
    const refused = [
      { type: 'Valid', status: 'False', message: 'spec: no' },
      { type: 'Enforced', status: 'False', message: 'the last accepted version stays in force' },
      { type: 'Stalled', status: 'True', message: 'spec: no' },
    ];
    for (const [policy, heads] of policies) {
      await client.request({ method: 'POST', path: pathOf(policy), body: policy });
      const shows = async (told: readonly object[], line: RegExp): Promise<void> => {
        const common = { reason: 'Told', lastTransitionTime: '2026-01-01T00:00:00Z' };
        const body = { status: { conditions: told.map((one) => ({ ...common, ...one })) } };
        const contentType = 'application/merge-patch+json';
        await client.request({ method: 'PATCH', path: `${pathOf(policy)}/why/status`, contentType, body });
        const kind = pathOf(policy).split('/').at(-1) ?? '';
        const text = await plane.mustKubectl(
          'get',
          `${kind}.${policy.apiVersion.split('/')[0]}`,
          'why',
          '-o',
          'wide',
        );
        const [head, row = ''] = text.split('\n').map((each) => each.replaceAll(/ +/g, ' ').trim());
        assert.equal(head, `${heads} MESSAGE`);
        assert.match(row, line);
      };
      await shows([others, valid, enforced], / (True|\d+m?s)$/);
      await shows([others, valid, lagging], / 1\/2 nodes; behind: node-2$/);
      await shows([others, ...refused], / spec: no$/);
    }
  });

  it('keep short names, categories and conditions as Cilium has them', async () => {
    const { plane, client } = judge;
    const policy = cilium({ ingress: [{}] });
    await client.request({ method: 'POST', path: pathOf(policy), body: policy });
    const path = `${pathOf(policy)}/p/status`;
    const conditions = [{ type: 'Valid', status: 'True', message: 'Policy validation succeeded' }];
    const contentType = 'application/merge-patch+json';
    await client.request({ method: 'PATCH', path, contentType, body: { status: { conditions } } });
    for (const name of ['ciliumnp', 'cilium', 'ciliumpolicy'])
      assert.match(await plane.mustKubectl('get', name), /^(NAME|ciliumnetworkpolicy)/m, name);
    const waits = ['wait', 'ciliumnetworkpolicies.cilium.io/p', '--for=condition=Valid', '--timeout=60s'];
    await plane.mustKubectl(...waits);
    const short = await plane.mustKubectl('api-resources', '--api-group=cilium.io', '--no-headers');
    assert.match(short, /ciliumnetworkpolicies +cnp,ciliumnp /);
    assert.match(short, /ciliumclusterwidenetworkpolicies +ccnp /);
    assert.match(short, /ciliumcidrgroups +ccg /);
  });

  it('keep fields that they do not know, for the operator to refuse', async () => {
    const name = { metadata: { name: 'kept', namespace: 'default' } };
    const policy = cilium({ egressDeny: [{ toFQDNs: [{ matchName: 'weir.dev' }] }] }, name);
    const kept = await judge.client.request({
      method: 'POST',
      path: pathOf(policy),
      query: { dryRun: 'All', fieldValidation: 'Ignore' },
      body: policy,
    });
    assert.match(JSON.stringify(kept), /"egressDeny":\[\{"toFQDNs":\[\{"matchName":"weir.dev"\}\]\}\]/);
  });

  it('serve CiliumCIDRGroup under both versions', async () => {
    for (const version of ['v2', 'v2alpha1'])
      assert.equal(
        await judge.refusal({
          apiVersion: `cilium.io/${version}`,
          kind: 'CiliumCIDRGroup',
          metadata: { name: 'g' },
          spec: { externalCIDRs: ['10.0.0.0/8', '2001:db8::/32'] },
        }),
        undefined,
      );
  });
});
