import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { ControlPlane } from '../cluster/control-plane.ts';
import { runCommand } from '../lab/command.ts';
import { until } from '../until.ts';

const cilium = (plural: string): readonly [string, string] => [
  'github.com/cilium/cilium',
  `pkg/k8s/apis/cilium.io/client/crds/v2/${plural}.yaml`,
];

/** Module and file of each CRD as those publish it whose it is; foreign/go.mod pins the versions. */
const sources = {
  'ciliumcidrgroups.cilium.io': cilium('ciliumcidrgroups'),
  'ciliumclusterwidenetworkpolicies.cilium.io': cilium('ciliumclusterwidenetworkpolicies'),
  'ciliumnetworkpolicies.cilium.io': cilium('ciliumnetworkpolicies'),
  'clusternetworkpolicies.policy.networking.k8s.io': [
    'sigs.k8s.io/network-policy-api',
    'config/crd/standard/policy.networking.k8s.io_clusternetworkpolicies.yaml',
  ],
} as const satisfies Readonly<Record<string, readonly [string, string]>>;

type ForeignCrd = keyof typeof sources;

export const foreignCrds = Object.keys(sources) as readonly ForeignCrd[];

/** Downloads the module where it is missing, checked by go.sum. @returns its folder */
async function moduleFolder(module: string): Promise<string> {
  const download = ['go', '-C', join(import.meta.dirname, 'foreign'), 'mod', 'download', '-json', module];
  const { code, stdout, stderr } = await runCommand(download);
  assert.equal(code, 0, `${stdout}${stderr}`);
  return (JSON.parse(stdout) as { readonly Dir: string }).Dir;
}

/** As if Cilium and the network-policy-api had been installed before Weir. */
export async function createForeignCrds(
  plane: ControlPlane,
  names: readonly ForeignCrd[] = foreignCrds,
): Promise<void> {
  for (const name of names) {
    const [module, file] = sources[name];
    await plane.mustKubectl('create', '-f', join(await moduleFolder(module), file));
  }
  const crds = names.map((name) => `crd/${name}`);
  const established = ['wait', '--for=condition=Established', ...crds, '--timeout=60s'];
  // kubectl gives up where a CRD is so new that it has no conditions.
  await until('CRDs are established', async () => (await plane.kubectl(...established)).code === 0, 180_000);
}
