import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runCommand } from '../lab/command.ts';
import type { LabNode } from '../lab/plan.ts';
import { probeAll } from '../lab/probe.ts';
import { logEnd, startProcess } from '../lab/process.ts';
import { isAlive } from '../lab/state.ts';
import type { ControlPlane } from './control-plane.ts';
import { ClusterError } from './errors.ts';

export interface KubeProxyOptions {
  readonly control: ControlPlane;
  readonly program: string;
  readonly marker: string;
  readonly directory: string;
}

const HEALTH_PORT = 10256;
const READY_MILLISECONDS = 120_000;

/**
 * Starts kube-proxy on a node and waits until it serves: ClusterIPs and NodePorts then work from the node and its pods.
 * @throws ClusterError option-invalid where there is no nft(8), by which it writes its rules; component-ended,
 * component-not-ready
 */
export async function startKubeProxy(node: LabNode, options: KubeProxyOptions): Promise<void> {
  const { control, program, marker, directory } = options;
  const { code } = await runCommand(['sh', '-c', 'command -v nft']);
  if (code !== 0) {
    throw new ClusterError(
      'option-invalid',
      'kube-proxy cannot run here: there is no nft(8), see scripts/setup',
    );
  }
  const kubeconfig = await control.userKubeconfig({ user: 'system:kube-proxy' });
  const file = join(directory, `kube-proxy-${node.name}.json`);
  writeFileSync(file, JSON.stringify(configuration(node, kubeconfig)));
  const log = join(directory, `kube-proxy-${node.name}.log`);
  const command = [program, `--config=${file}`];
  const id = await startProcess({ command, namespace: node.namespace, log, marker });
  const deadline = Date.now() + READY_MILLISECONDS;
  while (!(await answers(node))) {
    if (!isAlive(id)) throw new ClusterError('component-ended', `kube-proxy has ended: ${logEnd(log)}`);
    if (Date.now() > deadline) {
      throw new ClusterError('component-not-ready', `kube-proxy is not ready: ${logEnd(log)}`);
    }
    await sleep(50);
  }
}

const configuration = (node: LabNode, kubeconfig: string): unknown => ({
  apiVersion: 'kubeproxy.config.k8s.io/v1alpha1',
  kind: 'KubeProxyConfiguration',
  clientConnection: { kubeconfig },
  hostnameOverride: node.name,
  mode: 'nftables',
  nftables: { minSyncPeriod: '0.1s' },
  detectLocalMode: 'NodeCIDR',
  nodePortAddresses: ['primary'],
  // What belongs to the whole machine stays as it is.
  conntrack: { maxPerCore: 0, min: 0, tcpEstablishedTimeout: '0s', tcpCloseWaitTimeout: '0s' },
  healthzBindAddress: `127.0.0.1:${HEALTH_PORT}`,
  metricsBindAddress: '127.0.0.1:10249',
});

async function answers({ namespace }: LabNode): Promise<boolean> {
  const target = '127.0.0.1';
  const [result] = await probeAll([
    { namespace, source: undefined, target, protocol: 'TCP', port: HEALTH_PORT },
  ]);
  return result?.detail === 'answered';
}
