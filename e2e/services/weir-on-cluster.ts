import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClusterState } from '@weir/operator/src/model/cluster.ts';
import type { ClusterLab } from '../cluster/cluster-lab.ts';
import { mustRun } from '../lab/command.ts';
import { readState } from '../lab/expect.ts';
import { readJson } from '../lab/files.ts';
import { repository, startProcess } from '../lab/process.ts';
import { mustReadState, writeState } from '../lab/state.ts';
import type { OperatorStatus } from '../lab/status.ts';
import { checkWeir, mountBpffs, pinsFolder } from '../lab/weir.ts';

const operator = join(repository, 'operator/src/main.ts');
const agent = join(repository, 'node-agent/src/main.ts');
const PORT = 7443;

/** Starts Weir on a cluster, with which it ends: an operator that reads the API server, and an agent on each node. */
export async function startWeir(cluster: ClusterLab): Promise<void> {
  const { plan, directory, control } = cluster;
  checkWeir();
  await mountBpffs();
  const pins = pinsFolder(plan.name);
  mkdirSync(pins, { recursive: true });
  writeState({ ...mustReadState(plan.name), pins });
  const kubeconfig = await control.userKubeconfig({ user: 'weir-operator', groups: ['system:masters'] });
  const listen = `${cluster.operator.addresses[0]}:${PORT}`;
  const state = join(directory, 'operator');
  for (const { name } of plan.nodes) {
    const out = join(directory, 'tls', name);
    mkdirSync(out, { recursive: true, mode: 0o700 });
    const flags = ['--state', state, '--node', name, '--out', out];
    await mustRun([process.execPath, operator, 'certificate', ...flags]);
  }
  await run(cluster, 'operator', cluster.operator.namespace, [
    operator,
    ...['serve', '--kubeconfig', kubeconfig, '--listen', listen, '--state', state, '--log-format', 'json'],
  ]);
  for (const { name, namespace } of plan.nodes) {
    const own = join(directory, `agent-${name}`);
    mkdirSync(own, { recursive: true, mode: 0o700 });
    await run(cluster, `agent-${name}`, namespace, [
      agent,
      ...['run', '--node', name, '--operator', listen, '--tls', join(directory, 'tls', name), '--state', own],
      ...['--pins', join(pins, name), '--objects', join(repository, 'build/bpf'), '--log-format', 'json'],
    ]);
  }
}

async function run(
  cluster: ClusterLab,
  name: string,
  namespace: string,
  command: readonly string[],
): Promise<void> {
  const log = join(cluster.directory, `${name}.log`);
  await startProcess({ command: [process.execPath, ...command], namespace, log, marker: cluster.marker });
}

/** Whether every node enforces the newest bundle, for at least so many endpoints in all. */
export function isEnforced(cluster: ClusterLab, endpoints: number): boolean {
  const status = readJson<OperatorStatus>(join(cluster.directory, 'operator/status.json'));
  const nodes = Object.values(status?.nodes ?? {});
  const sum = nodes.reduce((total, node) => total + node.endpoints, 0);
  return (
    nodes.length === cluster.plan.nodes.length &&
    nodes.every((node) => node.connected && node.enforced === node.revision && node.revision > 0) &&
    sum >= endpoints
  );
}

/** Of an agent or the operator. */
export const logOf = (cluster: ClusterLab, name: string): string =>
  readFileSync(join(cluster.directory, `${name}.log`), 'utf8');

const kinds = 'nodes,namespaces,pods,services,endpointslices.discovery.k8s.io,networkpolicies';

/** The cluster as the API server has it now. */
export async function readCluster(cluster: ClusterLab): Promise<ClusterState> {
  const folder = join(cluster.directory, 'objects');
  mkdirSync(folder, { recursive: true });
  const { stdout } = await cluster.kubectl('get', kinds, '--all-namespaces', '-o', 'json');
  writeFileSync(join(folder, 'objects.json'), stdout);
  return readState(folder);
}
