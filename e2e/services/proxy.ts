import { mustRun } from '../lab/command.ts';
import { readState } from '../lab/expect.ts';
import type { Lab } from '../lab/lab.ts';
import { inNamespaceCommand } from '../lab/process.ts';
import { serviceRules } from './service-rules.ts';

/**
 * Makes the nodes of a lab translate services as kube-proxy does. A bridge then lets IP packets through the node's
 * rules, and back to where they came from, as CNI plugins with bridges have it.
 */
export async function openServices(lab: Lab): Promise<void> {
  const bridges = lab.plan.nodes.filter(({ wiring }) => wiring === 'bridge');
  for (const { name } of bridges) {
    for (const key of ['bridge-nf-call-iptables', 'bridge-nf-call-ip6tables']) {
      await mustExec(lab, name, ['sysctl', '-qw', `net.bridge.${key}=1`]);
    }
    for (const pod of lab.plan.pods.filter(({ node, hostNetwork }) => node === name && !hostNetwork)) {
      await mustExec(lab, name, ['bridge', 'link', 'set', 'dev', pod.veth, 'hairpin', 'on']);
    }
  }
  await syncServices(lab);
}

/** Lets the nodes' rules follow manifests, by default the lab's. Connections that are there keep their backends. */
export async function syncServices(lab: Lab, manifests = lab.manifests): Promise<void> {
  const state = await readState(manifests);
  for (const { name, namespace } of lab.plan.nodes) {
    await mustRun(inNamespaceCommand(namespace, ['nft', '-f', '-']), serviceRules(state, name));
  }
}

async function mustExec(lab: Lab, node: string, command: readonly string[]): Promise<void> {
  const namespace = lab.plan.nodes.find(({ name }) => name === node)?.namespace ?? '';
  await mustRun(inNamespaceCommand(namespace, command));
}
