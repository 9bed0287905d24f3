import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../lab/command.ts';
import { markedProcesses } from '../lab/state.ts';
import { until } from '../until.ts';
import { ControlPlane } from './control-plane.ts';
import { ClusterError } from './errors.ts';
import { loopbackPlace } from './place.ts';

interface AuditEvent {
  readonly verb: string;
  readonly user: { readonly username: string };
  readonly objectRef?: { readonly resource: string; readonly name?: string };
}

const podManifest = `
apiVersion: v1
kind: Pod
metadata: { name: bound, namespace: default }
spec: { nodeName: node-1, containers: [{ name: c, image: pause }] }
`;

const soon = (what: string, holds: () => Promise<boolean>): Promise<void> => until(what, holds, 180_000);

describe('control plane', function () {
  this.timeout(3_600_000);
  let control: ControlPlane;

  before(async () => {
    control = await ControlPlane.up();
  });
  after(() => control.down());

  it('serves its version, and controllers and scheduler work', async () => {
    const { stdout } = await control.kubectl('version', '-o', 'json');
    const version = JSON.parse(stdout) as { readonly serverVersion: { readonly gitVersion: string } };
    assert.equal(version.serverVersion.gitVersion, 'v1.37.2');
    await control.mustKubectl('create', 'deployment', 'web', '--image=pause', '--replicas=2');
    await soon('the pods are there', async () => (await podPhases(control)).length === 2);
    await soon('the scheduler says why they wait', async () =>
      (await podPhases(control)).some(({ message = '' }) => message.includes('no nodes available')),
    );
    await control.mustKubectl('delete', 'deployment', 'web', '--cascade=foreground');
    await soon('the pods are gone', async () => (await podPhases(control)).length === 0);
  });

  it('tells users by certificate, and lets them do what RBAC says', async () => {
    const jane = await control.userKubeconfig({ user: 'jane', groups: ['dev'] });
    const refused = await control.kubectlAs(jane, ['get', 'pods']);
    assert.match(refused.stderr, /User "jane" cannot list resource "pods"/);
    await control.mustKubectl('create', 'clusterrolebinding', 'dev', '--clusterrole=view', '--group=dev');
    await soon('jane may', async () => (await control.kubectlAs(jane, ['get', 'pods'])).code === 0);
  });

  it('gives tokens that name ServiceAccount, audience and the node of the pod', async () => {
    await control.apply('{ apiVersion: v1, kind: Node, metadata: { name: node-1 } }');
    await control.apply(podManifest);
    const claims = {
      namespace: 'default',
      serviceAccount: 'default',
      audience: 'weir-operator',
      pod: 'bound',
    };
    const token = await control.token(claims);
    const review = {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenReview',
      spec: { token, audiences: ['weir-operator'] },
    };
    const args = ['create', '-f', '-', '-o', 'json'];
    const { stdout, stderr } = await control.kubectlAs(control.kubeconfig, args, JSON.stringify(review));
    assert.equal(stderr, '');
    const { status } = JSON.parse(stdout) as {
      readonly status: {
        readonly user: { readonly username: string; readonly extra: Record<string, readonly string[]> };
      };
    };
    assert.equal(status.user.username, 'system:serviceaccount:default:default');
    assert.deepEqual(status.user.extra['authentication.kubernetes.io/node-name'], ['node-1']);
    assert.equal((await control.kubectlAs(control.kubeconfig, ['--token', token, 'get', 'pods'])).code, 1);
  });

  it('refuses by ValidatingAdmissionPolicy', async () => {
    await control.apply(noConfigMaps);
    await soon('it refuses', async () => {
      const { code, stderr } = await control.kubectl('create', 'configmap', 'refused');
      if (code === 0) await control.kubectl('delete', 'configmap', 'refused');
      return stderr.includes('names must not begin with r');
    });
  });

  it('writes one line a request into the audit log', async () => {
    const before = auditEvents(control).length;
    await control.mustKubectl('create', 'configmap', 'counted');
    const creators = (): readonly string[] =>
      auditEvents(control)
        .slice(before)
        .filter(({ verb, objectRef }) => verb === 'create' && objectRef?.name === 'counted')
        .map(({ user }) => user.username);
    await soon('the line', async () => creators().length > 0);
    assert.deepEqual(creators(), ['admin']);
  });

  it('ends lists from old pages with 410 after a compaction and a restart', async () => {
    const page = '/api/v1/configmaps?limit=1';
    const { metadata } = JSON.parse(await control.mustKubectl('get', '--raw', page)) as {
      readonly metadata: { readonly continue: string };
    };
    const next = `${page}&continue=${metadata.continue}`;
    assert.equal((await control.kubectl('get', '--raw', next)).code, 0);
    await control.mustKubectl('create', 'configmap', 'newer');
    await control.compact();
    await control.restart('apiserver');
    assert.match((await control.kubectl('get', '--raw', next)).stderr, /too old|Expired|410/i);
  });

  it('keeps what it has when its components restart', async () => {
    await control.mustKubectl('create', 'configmap', 'kept', '--from-literal=a=b');
    await control.restart('apiserver');
    assert.equal(await control.mustKubectl('get', 'configmap', 'kept', '-o', 'jsonpath={.data.a}'), 'b');
    await control.kill('etcd');
    assert.equal((await control.kubectl('get', 'configmap', 'kept', '--request-timeout=1s')).code, 1);
    await control.start('etcd');
    await soon(
      'the object is back',
      async () => (await control.kubectl('get', 'configmap', 'kept', '--request-timeout=10s')).code === 0,
    );
    await control.restart('controller-manager');
    await control.mustKubectl('create', 'namespace', 'later');
    await soon(
      'the controllers are back',
      async () => (await control.kubectl('get', 'serviceaccount', 'default', '-n', 'later')).code === 0,
    );
  });
});

describe('control plane, leaving', function () {
  this.timeout(3_600_000);

  it('leaves no process and no file, also where it could not start', async () => {
    const place = await loopbackPlace();
    const failed = ControlPlane.up({ place, controllers: false, apiserverFlags: ['--no-such-flag'] });
    await assert.rejects(
      failed,
      (error) =>
        error instanceof ClusterError &&
        error.code === 'component-ended' &&
        /no-such-flag/.test(error.message),
    );
    assert.deepEqual(markedProcesses(place.marker), []);
    assert.equal(existsSync(place.directory), false);
  });

  it('is removed by the next one where its process was killed', async () => {
    const module = join(import.meta.dirname, 'control-plane.ts');
    // It looks itself: from its end on, another test's control plane may remove it too.
    const script = `
      import { readFileSync } from 'node:fs';
      import { ControlPlane } from '${module}';
      import { markedProcesses } from '${join(import.meta.dirname, '../lab/state.ts')}';
      const { directory } = await ControlPlane.up({ controllers: false });
      const { marker } = JSON.parse(readFileSync(directory + '/place.json', 'utf8'));
      console.log(JSON.stringify({ directory, marker, count: markedProcesses(marker).length }));
      process.kill(process.pid, 'SIGKILL');`;
    const { stdout } = await runCommand([process.execPath, '--input-type=module', '-e', script]);
    const { directory, marker, count } = JSON.parse(stdout) as {
      readonly directory: string;
      readonly marker: string;
      readonly count: number;
    };
    assert.equal(count, 2);
    await (await loopbackPlace()).leave();
    assert.deepEqual(markedProcesses(marker), []);
    await soon('the folder is gone', async () => !existsSync(directory));
  });
});

const noConfigMaps = `
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: { name: no-r }
spec:
  failurePolicy: Fail
  matchConstraints:
    resourceRules: [{ apiGroups: [''], apiVersions: [v1], operations: [CREATE], resources: [configmaps] }]
  validations: [{ expression: "!object.metadata.name.startsWith('r')", message: names must not begin with r }]
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: { name: no-r }
spec: { policyName: no-r, validationActions: [Deny] }
`;

const auditEvents = (control: ControlPlane): readonly AuditEvent[] =>
  readFileSync(control.auditLog(), 'utf8')
    .split('\n')
    // What follows the last line's end is nothing, or a line that is being written.
    .slice(0, -1)
    .map((line) => JSON.parse(line) as AuditEvent);

async function podPhases(control: ControlPlane): Promise<readonly { readonly message?: string }[]> {
  const { items } = await control.get<{
    readonly items: readonly {
      readonly status: { readonly conditions?: readonly { readonly message?: string }[] };
    }[];
  }>('pods', '-l', 'app=web');
  return items.map(({ status }) => status.conditions?.[0] ?? {});
}
