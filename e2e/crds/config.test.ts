import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { parseAllDocuments } from 'yaml';
import { runCommand } from '../lab/command.ts';
import { cilium, crdFiles, Judge, type Manifest, pathOf, readManifests, repository } from './judge.ts';

const overlays = ['dev', 'prod'] as const;
const base = ['config/base/agent.yaml', 'config/base/operator.yaml', 'config/base/operator-rbac.yaml'];

interface PodTemplate {
  readonly hostNetwork: boolean;
  readonly priorityClassName: string;
  readonly automountServiceAccountToken?: boolean;
  readonly containers: readonly Container[];
}

interface Container {
  readonly image: string;
  readonly args: readonly string[];
  readonly env: readonly { readonly name: string }[];
  readonly securityContext: object;
}

const podOf = (manifest: Manifest): PodTemplate =>
  (manifest.spec as { readonly template: { readonly spec: PodTemplate } }).template.spec;

describe('config/', function () {
  this.timeout(120_000);
  let judge: Judge;

  before(async () => {
    judge = await Judge.up([...crdFiles]);
  });
  after(() => judge?.down());

  const build = async (folder: string): Promise<readonly Manifest[]> => {
    const text = await judge.plane.mustKubectl('kustomize', join(repository, folder));
    return parseAllDocuments(text).map((document) => document.toJS() as Manifest);
  };

  for (const overlay of overlays)
    it(`builds for ${overlay}, with both programs cut off by no policy`, async () => {
      const manifests = await build(`config/overlays/${overlay}`);
      const pods = manifests.filter(({ kind }) => kind === 'Deployment' || kind === 'DaemonSet').map(podOf);
      assert.deepEqual(
        pods.map(({ hostNetwork, priorityClassName }) => [hostNetwork, priorityClassName]).sort(),
        [
          [true, 'system-cluster-critical'],
          [true, 'system-node-critical'],
        ],
      );
      for (const { image, securityContext } of pods.flatMap(({ containers }) => containers)) {
        assert.match(image, /^[^:]+\/weir-(agent|operator):(?!latest)/);
        assert.ok(!('privileged' in securityContext));
      }
    });

  it('has CRDs in dev alone, and none of the two templates the authority', async () => {
    const [dev, prod] = await Promise.all(overlays.map((overlay) => build(`config/overlays/${overlay}`)));
    const names = (manifests: readonly Manifest[] | undefined, of: string): readonly string[] =>
      (manifests ?? []).filter(({ kind }) => kind === of).map(({ metadata }) => metadata.name);
    assert.equal(names(dev, 'CustomResourceDefinition').length, crdFiles.length);
    assert.deepEqual(names(prod, 'CustomResourceDefinition'), []);
    for (const manifests of [dev, prod])
      assert.deepEqual([...names(manifests, 'Secret'), ...names(manifests, 'ConfigMap')], []);
  });

  it('is taken by the API server as a whole, twice', async () => {
    const folder = join(repository, 'config/overlays/dev');
    await judge.plane.mustKubectl('apply', '-k', folder);
    const again = await judge.plane.mustKubectl('apply', '-k', folder, '--server-side', '--force-conflicts');
    assert.match(again, /weir-agent serverside-applied/);
  });

  it('takes back what a setting makes valid, and all beside Cilium', async () => {
    const bindings = async (component: string): Promise<readonly Manifest[]> => {
      const text = `resources: [${repository}/config/base]\ncomponents: [${repository}/config/components/${component}]\n`;
      return buildText(judge, text, 'ValidatingAdmissionPolicyBinding');
    };
    const names = async (component: string): Promise<readonly string[]> =>
      (await bindings(component)).map(({ metadata }) => metadata.name);
    assert.ok(!(await names('node-selectors')).includes('weir-node-selectors'));
    assert.ok(!(await names('extended-protocols')).includes('weir-extended-protocols'));
    const actions = (await bindings('beside-cilium')).map(
      ({ spec }) => spec as { validationActions: unknown },
    );
    assert.deepEqual(
      actions.map(({ validationActions }) => validationActions),
      Array.from({ length: 5 }, () => ['Warn']),
    );
  });

  describe('permissions', () => {
    const can = async (who: string, ...what: readonly string[]): Promise<boolean> => {
      const as = `--as=system:serviceaccount:weir-system:${who}`;
      return (await judge.plane.kubectl('auth', 'can-i', ...what, as)).code === 0;
    };
    const list = (who: string, ...groups: readonly string[]): Promise<string> =>
      judge.plane.mustKubectl(
        ...['auth', 'can-i', '--list', `--as=${who}`, ...groups.map((group) => `--as-group=${group}`)],
      );

    it('of an agent are those of every ServiceAccount and nothing of ours', async () => {
      const groups = ['system:serviceaccounts', 'system:authenticated'];
      const agent = await list('system:serviceaccount:weir-system:weir-agent', ...groups);
      const anybody = await list('system:serviceaccount:default:default', ...groups);
      assert.equal(agent, anybody);
      assert.doesNotMatch(agent, /cilium|weir|polic|pods|secrets|configmaps|nodes/);
    });

    it('of the operator end at its own Secret, and at status', async () => {
      const allowed: readonly (readonly string[])[] = [
        ['list', 'pods'],
        ['watch', 'ciliumcidrgroups.cilium.io'],
        ['watch', 'clusternetworkpolicies.policy.networking.k8s.io'],
        ['patch', 'ciliumnetworkpolicies.cilium.io', '--subresource=status'],
        ['create', 'policybundles.weir.dev'],
        ['create', 'tokenreviews.authentication.k8s.io'],
        ['get', 'secrets/weir-ca', '-n', 'weir-system'],
        ['update', 'leases/weir-operator', '-n', 'weir-system'],
      ];
      const refused: readonly (readonly string[])[] = [
        ['patch', 'ciliumnetworkpolicies.cilium.io'],
        ['delete', 'ciliumnetworkpolicies.cilium.io'],
        ['patch', 'pods'],
        ['create', 'pods'],
        ['get', 'secrets/other', '-n', 'weir-system'],
        ['list', 'secrets', '-n', 'weir-system'],
        ['get', 'secrets/weir-ca', '-n', 'default'],
        ['create', 'secrets', '-n', 'default'],
        ['delete', 'leases/weir-operator', '-n', 'weir-system'],
        ['impersonate', 'users'],
        ['create', 'serviceaccounts', '--subresource=token', '-n', 'weir-system'],
      ];
      for (const what of allowed) assert.ok(await can('weir-operator', ...what), what.join(' '));
      for (const what of refused) assert.ok(!(await can('weir-operator', ...what)), what.join(' '));
    });

    it('of the operator name no resource and no verb by a star', () => {
      const roles = base.flatMap(readManifests).filter(({ kind }) => kind.endsWith('Role'));
      assert.equal(roles.length, 2);
      assert.ok(!JSON.stringify(roles).includes('*'));
    });
  });

  it('gives agents a token for the operator, and none for the API server', () => {
    const [daemonSet] = base.flatMap(readManifests).filter(({ kind }) => kind === 'DaemonSet');
    assert.ok(daemonSet);
    assert.equal(podOf(daemonSet).automountServiceAccountToken, false);
    assert.match(JSON.stringify(daemonSet), /"audience":"weir-operator"/);
  });
});

describe('command lines in config/', () => {
  const container = (file: string, kind: string): Container => {
    const [manifest] = readManifests(file).filter((one) => one.kind === kind);
    assert.ok(manifest);
    const [found] = podOf(manifest).containers;
    assert.ok(found);
    return found;
  };
  const help = async (program: string, command: string): Promise<string> => {
    const main = join(repository, program, 'src/main.ts');
    return (await runCommand([process.execPath, main, command, '--help'])).stdout;
  };

  it('has only flags that the operator knows', async () => {
    const [command = '', ...flags] = container('config/base/operator.yaml', 'Deployment').args;
    const known = await help('operator', command);
    for (const flag of flags) assert.match(known, new RegExp(`${flag.replace(/=.*/, '')}\\b`));
  });

  it('has only variables that the agent knows', async () => {
    const { args, env } = container('config/base/agent.yaml', 'DaemonSet');
    const known = await help('node-agent', args[0] ?? '');
    assert.ok(env.length > 4);
    for (const { name } of env) assert.match(known, new RegExp(`env:\\s+${name}\\b`));
  });
});

describe('CRDs', function () {
  this.timeout(120_000);
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

  it('are created where they are absent, and left alone where they are not', async () => {
    const { plane } = judge;
    await plane.mustKubectl('delete', 'crd', 'policybundles.weir.dev');
    await plane.mustKubectl('annotate', 'crd', 'ciliumnetworkpolicies.cilium.io', 'owner=cilium');
    const install = join(repository, 'crds/install');
    const command = ['env', `KUBECTL=${plane.binaries.kubectl}`, install, '--kubeconfig', plane.kubeconfig];
    const { code, stdout } = await runCommand(command);
    assert.equal(code, 0);
    assert.match(stdout, /ciliumnetworkpolicies.cilium.io is there already and stays as it is/);
    assert.match(stdout, /policybundles.weir.dev created/);
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
    const waits = ['wait', 'ciliumnetworkpolicies.cilium.io/p', '--for=condition=Valid', '--timeout=5s'];
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

/** What kubectl makes of a kustomization. */
async function buildText({ plane }: Judge, text: string, of: string): Promise<readonly Manifest[]> {
  // Kustomize takes no absolute paths.
  mkdirSync(join(repository, 'build'), { recursive: true });
  const folder = mkdtempSync(join(repository, 'build/kustomize-'));
  try {
    writeFileSync(join(folder, 'kustomization.yaml'), text.replaceAll(repository, '../..'));
    const built = await plane.mustKubectl('kustomize', folder);
    return parseAllDocuments(built)
      .map((document) => document.toJS() as Manifest)
      .filter(({ kind }) => kind === of);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
