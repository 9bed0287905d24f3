import { join } from 'node:path';
import { runCommand } from '../lab/command.ts';
import type { LabNode } from '../lab/plan.ts';
import { startProcess } from '../lab/process.ts';
import type { ControlPlane } from './control-plane.ts';
import { ClusterError } from './errors.ts';

export interface KubeProxyOptions {
  readonly control: ControlPlane;
  readonly program: string;
  readonly marker: string;
  readonly directory: string;
}

/** Whether kube-proxy could run: it writes its rules by nft(8). */
export async function proxyCanRun(): Promise<boolean> {
  const { code } = await runCommand(['sh', '-c', 'command -v nft']);
  return code === 0;
}

/** Starts kube-proxy on a node, so that ClusterIPs and NodePorts work from it and its pods. @throws ClusterError */
export async function startKubeProxy(node: LabNode, options: KubeProxyOptions): Promise<void> {
  const { control, program, marker, directory } = options;
  if (!(await proxyCanRun())) {
    throw new ClusterError(
      'OptionInvalid',
      'kube-proxy cannot run here: there is no nft(8), see scripts/setup',
    );
  }
  const kubeconfig = await control.userKubeconfig({ user: 'system:kube-proxy' });
  const command = [
    program,
    `--kubeconfig=${kubeconfig}`,
    `--hostname-override=${node.name}`,
    '--proxy-mode=nftables',
    '--detect-local-mode=NodeCIDR',
    '--nodeport-addresses=primary',
    '--nftables-min-sync-period=100ms',
    // What belongs to the whole machine stays as it is.
    '--conntrack-max-per-core=0',
    '--conntrack-tcp-timeout-established=0s',
    '--conntrack-tcp-timeout-close-wait=0s',
    '--healthz-bind-address=127.0.0.1:10256',
    '--metrics-bind-address=127.0.0.1:10249',
  ];
  const log = join(directory, `kube-proxy-${node.name}.log`);
  await startProcess({ command, namespace: node.namespace, log, marker });
}
