import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { mustRun } from '../lab/command.ts';
import { namespaceFolder } from '../lab/net/namespace.ts';

const prefix = 'weir-bench-';

/** Addresses of the world beyond the node: policies allow the first and not the second. */
export const worldAddresses = { allowed: '198.18.0.1', forbidden: '198.18.0.2' } as const;
/** To the operator. */
export const benchNode = 'node';
export const operatorHost = '127.0.0.1';

export const podAddress = (pod: number): string => `10.254.${pod >> 8}.${pod & 255}`;

/** A network namespace that plays a node, one for each of its pods, and one for the world. */
export class AgentNode {
  readonly name = `${prefix}${process.pid}`;
  readonly world = `${this.name}-world`;
  readonly #pods: number;

  constructor(pods: number) {
    this.#pods = pods;
  }

  pod(index: number): string {
    return `${this.name}-${index}`;
  }

  async up(): Promise<void> {
    const pods = Array.from({ length: this.#pods }, (_, index) => index);
    const names = [this.name, this.world, ...pods.map((pod) => this.pod(pod))];
    await batch(
      [],
      names.map((name) => `netns add ${name}`),
    );
    await batch(
      ['-n', this.name],
      [
        'link set lo up',
        ...this.#wire('world', this.world, Object.values(worldAddresses)),
        ...pods.flatMap((pod) => this.#wire(`pod${pod}`, this.pod(pod), [podAddress(pod)])),
      ],
    );
    await mustRun(['ip', 'netns', 'exec', this.name, 'sysctl', '-qw', 'net.ipv4.ip_forward=1']);
    await this.#fillIn(this.world, Object.values(worldAddresses));
    for (const pod of pods) await this.#fillIn(this.pod(pod), [podAddress(pod)]);
  }

  /** The node's side of a link; it answers for the pod's next hop. */
  #wire(link: string, peer: string, addresses: readonly string[]): readonly string[] {
    return [
      `link add ${link} type veth peer name eth0 netns ${peer}`,
      `address add 169.254.1.1/32 dev ${link}`,
      `link set ${link} up`,
      ...addresses.map((address) => `route add ${address}/32 dev ${link}`),
    ];
  }

  async #fillIn(namespace: string, addresses: readonly string[]): Promise<void> {
    await batch(
      ['-n', namespace],
      [
        'link set eth0 up',
        ...addresses.map((address) => `address add ${address}/32 dev eth0`),
        'route add 169.254.1.1 dev eth0 scope link',
        'route add default via 169.254.1.1',
      ],
    );
  }

  down(): void {
    removeNamespaces((name) => name === this.name || name.startsWith(`${this.name}-`));
  }
}

/** Removes the namespaces of runs that were killed. */
export function removeFormerNodes(): void {
  removeNamespaces((name) => {
    const pid = /^weir-bench-(\d+)/.exec(name)?.[1];
    return pid !== undefined && !existsSync(`/proc/${pid}`);
  });
}

function removeNamespaces(is: (name: string) => boolean): void {
  if (!existsSync(namespaceFolder)) return;
  const lines = readdirSync(namespaceFolder)
    .filter(is)
    .map((name) => `netns del ${name}\n`);
  spawnSync('ip', ['-force', '-batch', '-'], { input: lines.join('') });
}

const batch = (flags: readonly string[], lines: readonly string[]): Promise<string> =>
  mustRun(['ip', ...flags, '-batch', '-'], lines.map((line) => `${line}\n`).join(''));
