import { mustRun } from './command.ts';
import { LabError } from './errors.ts';
import { familyOf } from './net/family.ts';
import type { LabPlan, LabPort } from './plan.ts';
import { inNamespaceCommand } from './process.ts';

/** A port of a node that leads to a pod, wherever that runs, as kube-proxy makes it for a Service of type NodePort. */
export interface NodePort {
  readonly node: string;
  /** On the node; its protocol is the pod's too. */
  readonly outside: LabPort;
  /** "namespace/name" */
  readonly pod: string;
  readonly podPort: number;
}

/**
 * Translates what comes to a node's port to a pod's, and its source to the node's own address (externalTrafficPolicy
 * Cluster). It goes with the lab.
 * @throws LabError
 */
export async function openNodePort(plan: LabPlan, nodePort: NodePort): Promise<void> {
  const node = plan.nodes.find(({ name }) => name === nodePort.node);
  const pod = plan.pods.find(({ key }) => key === nodePort.pod);
  if (node === undefined) throw new LabError('target-unknown', `the lab has no node ${nodePort.node}`);
  if (pod === undefined) throw new LabError('target-unknown', `the lab has no pod ${nodePort.pod}`);
  const protocol = nodePort.outside.protocol.toLowerCase();
  const rules = pod.addresses.map((address) => {
    const family = familyOf(address) === 4 ? 'ip' : 'ip6';
    const target = familyOf(address) === 4 ? address : `[${address}]`;
    const match = `meta nfproto ${familyOf(address) === 4 ? 'ipv4' : 'ipv6'} fib daddr type local`;
    return `add rule inet nodeport in ${match} ${protocol} dport ${nodePort.outside.port} dnat ${family} to ${target}:${nodePort.podPort}`;
  });
  const script = [
    'add table inet nodeport',
    'add chain inet nodeport in { type nat hook prerouting priority dstnat; }',
    'add chain inet nodeport out { type nat hook postrouting priority srcnat; }',
    'flush chain inet nodeport out',
    'add rule inet nodeport out ct status dnat masquerade',
    ...rules,
  ];
  await mustRun(inNamespaceCommand(node.namespace, ['nft', '-f', '-']), `${script.join('\n')}\n`);
}
