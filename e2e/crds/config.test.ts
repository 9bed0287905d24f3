import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { parseAllDocuments, stringify } from 'yaml';
import { buildText } from './build-text.ts';
import { crdFiles, Judge, type Manifest, readManifests, repository } from './judge.ts';
import { containersOf, hasPods, podOf } from './pod-template.ts';

const overlays = ['dev', 'prod'] as const;
const base = ['config/base/agent.yaml', 'config/base/operator.yaml', 'config/base/operator-rbac.yaml'];

describe('config/', function () {
  this.timeout(900_000);
  let judge: Judge;

  before(async () => {
    judge = await Judge.up([...crdFiles, 'config/base/namespace.yaml']);
  });
  after(() => judge?.down());

  const build = async (folder: string): Promise<readonly Manifest[]> => {
    const text = await judge.plane.mustKubectl('kustomize', join(repository, folder));
    return parseAllDocuments(text).map((document) => document.toJS() as Manifest);
  };

  for (const overlay of overlays)
    it(`builds for ${overlay}, with both programs cut off by no policy`, async () => {
      const manifests = await build(`config/overlays/${overlay}`);
      const pods = manifests.filter(hasPods).map(podOf);
      assert.deepEqual(
        pods.map(({ hostNetwork, priorityClassName }) => [hostNetwork, priorityClassName]).sort(),
        [
          [true, 'system-cluster-critical'],
          [true, 'system-node-critical'],
        ],
      );
      for (const { image } of pods.flatMap(containersOf))
        assert.match(image, /^[^:]+\/weir-(agent|operator):(?!latest)/);
    });

  it('confines every container, and bounds its memory', async () => {
    const folders = ['config/overlays/dev', 'config/overlays/prod', 'config/uninstall'];
    const built = (await Promise.all(folders.map(build))).flat();
    const pods = [...built, ...readManifests('config/argocd/wait.yaml')].filter(hasPods).map(podOf);
    assert.equal(pods.length, 6);
    for (const pod of pods)
      for (const { name, securityContext, resources } of containersOf(pod)) {
        const { seccompProfile } = { ...pod.securityContext, ...securityContext };
        const { privileged, allowPrivilegeEscalation, readOnlyRootFilesystem, capabilities } =
          securityContext;
        assert.deepEqual(
          {
            privileged,
            allowPrivilegeEscalation,
            readOnlyRootFilesystem,
            drop: capabilities?.drop,
            seccompProfile,
          },
          {
            ...{ privileged: undefined, allowPrivilegeEscalation: false, readOnlyRootFilesystem: true },
            ...{ drop: ['ALL'], seccompProfile: { type: 'RuntimeDefault' } },
          },
          name,
        );
        assert.ok(resources.requests.cpu && resources.requests.memory, name);
        assert.ok(resources.limits.memory && !resources.limits.cpu, name);
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

  for (const folder of ['overlays/prod', 'uninstall'])
    it(`is taken whole by the API server: ${folder}`, async () => {
      const dryRun = [
        'apply',
        '--dry-run=server',
        '--validate=strict',
        '-k',
        join(repository, 'config', folder),
      ];
      const { code, stderr } = await judge.plane.kubectl(...dryRun);
      assert.equal(code, 0, stderr);
      // Nor a word about the pods' security, which the namespace allows.
      assert.equal(stderr, '');
    });

  it('has components that the API server takes, each and all together', async () => {
    const components = readdirSync(join(repository, 'config/components'));
    assert.ok(components.length >= 3);
    for (const chosen of [...components.map((one) => [one]), components]) {
      const paths = chosen.map((one) => `${repository}/config/components/${one}`);
      const text = `resources: [${repository}/config/base]\ncomponents: [${paths.join(', ')}]\n`;
      const manifests = await buildText(judge, text);
      const { code, stderr } = await judge.plane.kubectlAs(
        judge.plane.kubeconfig,
        ['apply', '--dry-run=server', '--validate=strict', '-f', '-'],
        manifests.map((manifest) => stringify(manifest)).join('---\n'),
      );
      assert.equal(code, 0, `${chosen.join(', ')}: ${stderr}`);
    }
  });

  it('has a hook and samples that the API server takes, also where pods are restricted', async () => {
    const { plane } = judge;
    await plane.mustKubectl('create', 'namespace', 'restricted');
    await plane.mustKubectl('label', 'namespace', 'restricted', 'pod-security.kubernetes.io/warn=restricted');
    const dryRun = ['apply', '--dry-run=server', '--validate=strict', '-f'];
    const hook = await plane.kubectl(
      ...dryRun,
      join(repository, 'config/argocd/wait.yaml'),
      '-n',
      'restricted',
    );
    assert.deepEqual([hook.code, hook.stderr], [0, '']);
    await plane.mustKubectl('apply', '-f', join(repository, 'config/samples/shop/namespaces.yaml'));
    await plane.mustKubectl(...dryRun, join(repository, 'config/samples/shop/policies.yaml'));
    await plane.mustKubectl('apply', '-f', join(repository, 'config/samples/first-policy/shop.yaml'));
    await plane.mustKubectl(...dryRun, join(repository, 'config/samples/first-policy/policies.yaml'));
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

    it('of users for policies of their namespace are theirs by a component', async () => {
      const text = `resources: [${repository}/config/base]\ncomponents: [${repository}/config/components/user-roles]\n`;
      const roles = (await buildText(judge, text, 'ClusterRole')).filter(({ metadata }) =>
        /^weir-(view|edit)$/.test(metadata.name),
      );
      const labels = roles.map(({ metadata }) => [metadata.name, Object.keys(metadata.labels ?? {})]);
      assert.deepEqual(labels.sort(), [
        ['weir-edit', ['rbac.authorization.k8s.io/aggregate-to-edit']],
        ['weir-view', ['rbac.authorization.k8s.io/aggregate-to-view']],
      ]);
    });

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
