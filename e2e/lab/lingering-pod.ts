import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { mustRun, runCommand } from './command.ts';
import { udpArrived } from './counters.ts';
import type { Lab } from './lab.ts';
import { probeAll } from './probe.ts';
import { findPlace } from './target.ts';

const interfaceName = 'lingering';

/** A pod that goes on when the manifests no longer have it, as one that was deleted by force. */
export class LingeringPod {
  /** Another name of its network namespace, since the lab takes away the first. */
  readonly #namespace: string;
  readonly #node: string;

  private constructor(namespace: string, node: string) {
    this.#namespace = namespace;
    this.#node = node;
  }

  /** Takes a pod of the lab out of its hands. For a moment its interface is down. */
  static async keep(lab: Lab, key: string): Promise<LingeringPod> {
    const { plan } = lab;
    const pod = plan.pods.find((other) => other.key === key);
    const node = plan.nodes.find(({ name }) => name === pod?.node);
    if (pod === undefined || node === undefined) throw new Error(`the lab has no pod ${key}`);
    const namespace = `${pod.namespace}-lingers`;
    mkdirSync('/run/netns', { recursive: true });
    writeFileSync(`/run/netns/${namespace}`, '');
    const lingering = new LingeringPod(namespace, node.namespace);
    try {
      await mustRun(['mount', '--bind', `/run/netns/${pod.namespace}`, `/run/netns/${namespace}`]);
      await mustRun(['ip', '-n', node.namespace, 'link', 'set', pod.veth, 'down']);
      await mustRun(['ip', '-n', node.namespace, 'link', 'set', pod.veth, 'name', interfaceName, 'up']);
    } catch (error) {
      await lingering.remove();
      throw error;
    }
    return lingering;
  }

  /** Sends UDP to a place of the lab, and tells how many datagrams have arrived. */
  async sendUdp(lab: Lab, to: string, port: number): Promise<number> {
    const { namespace, addresses } = findPlace(lab.plan, to);
    const before = udpArrived(namespace);
    const target = addresses.find((address) => !address.includes(':')) ?? '';
    await probeAll([{ namespace: this.#namespace, source: undefined, target, protocol: 'UDP', port }], 200);
    return udpArrived(namespace) - before;
  }

  async remove(): Promise<void> {
    await runCommand(['ip', '-n', this.#node, 'link', 'del', interfaceName]);
    await runCommand(['umount', `/run/netns/${this.#namespace}`]);
    rmSync(`/run/netns/${this.#namespace}`, { force: true });
  }
}
