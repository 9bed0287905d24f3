import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { ControlPlane } from '../cluster/control-plane.ts';

interface DaemonSet {
  readonly spec: {
    readonly template: {
      readonly spec: {
        readonly initContainers: readonly { readonly args: readonly string[]; readonly image: string }[];
        readonly containers: readonly { readonly image: string }[];
        readonly serviceAccountName?: string;
        readonly automountServiceAccountToken: boolean;
      };
    };
  };
}

const folder = join(import.meta.dirname, '../../config/uninstall');

describe('config/uninstall', function () {
  this.timeout(60_000);
  let plane: ControlPlane;

  before(async function () {
    this.timeout(900_000);
    plane = await ControlPlane.up({ controllers: false });
    await plane.mustKubectl('create', 'namespace', 'weir-system');
  });
  after(() => plane?.down());

  it('is taken by the API server and cleans nodes without any permission', async () => {
    await plane.mustKubectl('apply', '-k', folder);
    const { spec } = await plane.get<DaemonSet>('daemonset', 'weir-uninstall', '-n', 'weir-system');
    const pod = spec.template.spec;
    assert.deepEqual(
      pod.initContainers.map(({ args }) => args),
      [['remove']],
    );
    assert.equal(pod.automountServiceAccountToken, false);
    assert.equal(pod.serviceAccountName, undefined);
    // One image to pin, and it is the agents'.
    assert.deepEqual(new Set([...pod.initContainers, ...pod.containers].map(({ image }) => image)).size, 1);
    await plane.mustKubectl('delete', '-k', folder);
  });
});
