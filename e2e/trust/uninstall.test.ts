import assert from 'node:assert/strict';
import { join } from 'node:path';
import { field } from '@weir/operator/src/source/kube/object-meta.ts';
import { cleanupDaemonSet, cleanupName } from '@weir/operator/src/uninstall/cleanup-daemon-set.ts';
import { after, before, describe, it } from 'mocha';
import { ControlPlane } from '../cluster/control-plane.ts';

interface DaemonSet {
  readonly metadata: { readonly name: string; readonly labels: unknown };
  readonly spec: {
    readonly selector: unknown;
    readonly updateStrategy: unknown;
    readonly template: { readonly spec: unknown };
  };
}

const config = join(import.meta.dirname, '../../config');
const folder = join(config, 'uninstall');
const agentFolder = join(config, 'overlays/prod');

describe('config/uninstall', function () {
  this.timeout(600_000);
  let plane: ControlPlane;

  before(async function () {
    this.timeout(900_000);
    plane = await ControlPlane.up({ controllers: false });
    await plane.mustKubectl('create', 'namespace', 'weir-system');
  });
  after(() => plane?.down());

  const daemonSet = (name: string): Promise<DaemonSet> =>
    plane.get<DaemonSet>('daemonset', name, '-n', 'weir-system');

  it('is what weir-operator uninstall makes of the agents, and has no permission', async () => {
    await plane.mustKubectl('apply', '-k', agentFolder);
    const agents = await daemonSet('weir-agent');
    await plane.apply(JSON.stringify(cleanupDaemonSet(agents)));
    const made = await daemonSet(cleanupName);
    await plane.mustKubectl('delete', 'daemonset', cleanupName, '-n', 'weir-system');
    await plane.mustKubectl('apply', '-k', folder);
    const { metadata, spec } = await daemonSet(cleanupName);
    assert.deepEqual(
      [metadata.name, metadata.labels, spec],
      [made.metadata.name, made.metadata.labels, made.spec],
    );
    assert.equal(field(spec.template.spec, 'automountServiceAccountToken'), false);
    assert.equal(field(spec.template.spec, 'serviceAccountName'), undefined);
    await plane.mustKubectl('delete', '-k', folder);
  });
});
