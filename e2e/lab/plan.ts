import { createHash } from 'node:crypto';
import type { Block } from './block.ts';
import {
  blockHas,
  blockText,
  coverOf,
  formatAddress,
  parseAddress,
  parseBlock,
  takeAddress,
} from './block.ts';
import { LabError } from './errors.ts';
import type { LabManifests, LabProtocol, NodeManifest, PodManifest } from './manifests.ts';
import type { Family } from './net/family.ts';
import { familyOf } from './net/family.ts';

/** How pods hang on their node: by a host route each, or on a bridge that has the gateway's address. */
export type Wiring = 'p2p' | 'bridge';
export type WiringChoice = Wiring | 'mixed';

export interface LabPort {
  readonly protocol: LabProtocol;
  readonly port: number;
}

export interface LabNode {
  readonly name: string;
  /** Name of its network namespace. */
  readonly namespace: string;
  readonly wiring: Wiring;
  readonly addresses: readonly string[];
  readonly podCidrs: readonly string[];
  /** The addresses of its bridge with the block's length, "10.244.0.1/24"; none where pods are wired p2p. */
  readonly gateways: readonly string[];
}

export interface LabPod {
  /** "namespace/name". */
  readonly key: string;
  readonly node: string;
  /** Name of its network namespace; that of its node for host-network pods. */
  readonly namespace: string;
  readonly hostNetwork: boolean;
  readonly addresses: readonly string[];
  /** The pod's interface on its node; empty for host-network pods. */
  readonly veth: string;
  readonly ports: readonly LabPort[];
}

/** A place on the bridge between the nodes that is no node. */
export interface LabPlace {
  readonly namespace: string;
  readonly addresses: readonly string[];
}

/** All names and addresses of a lab. Plain data: the run directory keeps it as JSON. */
export interface LabPlan {
  readonly name: string;
  readonly nodes: readonly LabNode[];
  readonly pods: readonly LabPod[];
  /** The blocks of the bridge between the nodes, one of each family. */
  readonly underlay: readonly string[];
  readonly router: LabPlace;
  readonly operator: LabPlace;
  /** Where an API server can run, in labs that are made with one. */
  readonly control?: LabPlace;
  readonly world: LabPlace & { readonly ports: readonly LabPort[] };
}

export interface PlanOptions {
  readonly name: string;
  readonly wiring: WiringChoice;
  /** Addresses of the outside world. */
  readonly outside: readonly string[];
  /** Whether there is a place for an API server. */
  readonly control?: boolean;
}

/** Documentation blocks of RFC 5737 and RFC 3849, and a well-known resolver's address: what CIDR rules may name. */
export const defaultOutside: readonly string[] = [
  '203.0.113.10',
  '203.0.113.200',
  '198.51.100.7',
  '192.0.2.53',
  '2001:db8:113::10',
  '2001:db8:113:2::200',
  '2001:db8:51::7',
];

const worldPorts: readonly LabPort[] = [
  { protocol: 'TCP', port: 80 },
  { protocol: 'TCP', port: 443 },
  { protocol: 'TCP', port: 53 },
  { protocol: 'UDP', port: 53 },
  { protocol: 'UDP', port: 443 },
  { protocol: 'SCTP', port: 9999 },
];

/**
 * What the lab builds for a folder of manifests: a pure function, so the same manifests get the same addresses.
 * Nodes without addresses get 172.18.0.0/24 and fd00:18::/64, those without podCIDRs 10.244.N.0/24 and fd00:244:N::/64.
 * @throws LabError manifest-invalid
 */
export function planLab(manifests: LabManifests, options: PlanOptions): LabPlan {
  const prefix = `weir-${options.name}`;
  const taken = new Set<string>();
  const nodes = planNodes(manifests.nodes, prefix, options.wiring, taken);
  const underlay = ([4, 6] as const).flatMap((family) => underlayOf(family, nodes));
  const place = (name: string, offset: bigint): LabPlace => ({
    namespace: `${prefix}-${name}`,
    addresses: underlay.map((block) => takeAddress(block, offset, taken, name)),
  });
  return {
    name: options.name,
    nodes,
    pods: planPods(manifests.pods, nodes, prefix, taken, []),
    underlay: underlay.map(blockText),
    router: place('net', 253n),
    operator: place('operator', 250n),
    ...(options.control === true ? { control: place('control', 249n) } : {}),
    world: {
      namespace: `${prefix}-world`,
      addresses: options.outside.map((address) => canonical(address, '--outside')),
      ports: worldPorts,
    },
  };
}

/**
 * The plan for a changed folder: nodes stay as they are, pods that are still there keep their addresses.
 * @throws LabError manifest-invalid
 */
export function replanPods(plan: LabPlan, manifests: LabManifests): LabPlan {
  const { nodes } = plan;
  const added = manifests.nodes.find(({ name }) => nodes.every((node) => node.name !== name));
  if (added !== undefined) {
    throw new LabError('manifest-invalid', `Node ${added.name} is new: nodes are made by up only`);
  }
  const gateways = nodes.flatMap((node) => node.gateways.map((gateway) => gateway.split('/')[0] ?? ''));
  const taken = new Set([...gateways, ...plan.pods.flatMap(({ addresses }) => addresses)]);
  return { ...plan, pods: planPods(manifests.pods, nodes, `weir-${plan.name}`, taken, plan.pods) };
}

function underlayOf(family: Family, nodes: readonly LabNode[]): readonly Block[] {
  const addresses = nodes.flatMap((node) => node.addresses.filter((address) => familyOf(address) === family));
  const values = addresses.map((address) => parseAddress(address, 'Node'));
  return values.length === 0 ? [] : [coverOf(family, values, family === 4 ? 24 : 64)];
}

function planNodes(
  manifests: readonly NodeManifest[],
  prefix: string,
  wiring: WiringChoice,
  taken: Set<string>,
): readonly LabNode[] {
  for (const { addresses } of manifests) for (const address of addresses) taken.add(address);
  return manifests.map((manifest, index): LabNode => {
    const where = `Node ${manifest.name}`;
    const spare = ['172.18.0.0/24', 'fd00:18::/64'].map((block) => parseBlock(block, where));
    const own: Wiring = wiring === 'mixed' ? (index % 2 === 0 ? 'p2p' : 'bridge') : wiring;
    const cidrs =
      manifest.podCidrs.length > 0 ? manifest.podCidrs : [`10.244.${index}.0/24`, `fd00:244:${index}::/64`];
    const blocks = cidrs.map((cidr) => parseBlock(cidr, `${where} spec.podCIDRs`));
    return {
      name: manifest.name,
      namespace: `${prefix}-node-${manifest.name}`,
      wiring: own,
      addresses:
        manifest.addresses.length > 0
          ? manifest.addresses.map((address) => canonical(address, where))
          : spare.map((block) => takeAddress(block, 2n, taken, where)),
      podCidrs: blocks.map(blockText),
      gateways:
        own === 'bridge'
          ? blocks.map((block) => `${takeAddress(block, 1n, taken, where)}/${block.length}`)
          : [],
    };
  });
}

function planPods(
  manifests: readonly PodManifest[],
  nodes: readonly LabNode[],
  prefix: string,
  taken: Set<string>,
  former: readonly LabPod[],
): readonly LabPod[] {
  const live = manifests.filter((pod) => !pod.finished);
  for (const pod of live) for (const address of pod.addresses) taken.add(address);
  return live.map((pod, index): LabPod => {
    const before = former.find(({ key }) => key === pod.key);
    const name = pod.node ?? before?.node ?? nodes[index % nodes.length]?.name;
    const node = nodes.find((candidate) => candidate.name === name);
    if (node === undefined) {
      throw new LabError(
        'manifest-invalid',
        `Pod ${pod.key}: spec.nodeName ${name} is no Node of the folder`,
      );
    }
    if (before !== undefined && isStill(before, pod, node)) return { ...before, ports: pod.ports };
    const common = { key: pod.key, node: node.name, hostNetwork: pod.hostNetwork, ports: pod.ports };
    return pod.hostNetwork
      ? { ...common, namespace: node.namespace, addresses: node.addresses, veth: '' }
      : {
          ...common,
          namespace: `${prefix}-pod-${pod.key.replace('/', '.')}`,
          addresses: podAddresses(pod, node, taken),
          veth: vethName(pod.key),
        };
  });
}

/** Whether a pod can go on where it is; what it listens on may change. */
function isStill(before: LabPod, pod: PodManifest, node: LabNode): boolean {
  const sameAddresses = pod.addresses.length === 0 || pod.addresses.join() === before.addresses.join();
  return (
    before.node === node.name && before.hostNetwork === pod.hostNetwork && (sameAddresses || pod.hostNetwork)
  );
}

function podAddresses(pod: PodManifest, node: LabNode, taken: Set<string>): readonly string[] {
  const where = `Pod ${pod.key}`;
  const blocks = node.podCidrs.map((cidr) => parseBlock(cidr, where));
  if (pod.addresses.length === 0) return blocks.map((block) => takeAddress(block, 2n, taken, where));
  for (const address of pod.addresses) {
    const value = parseAddress(address, `${where} status.podIPs`);
    const inside = blocks.some((block) => block.family === familyOf(address) && blockHas(block, value));
    if (node.wiring === 'bridge' && !inside) {
      throw new LabError(
        'manifest-invalid',
        `${where}: ${address} lies outside ${node.podCidrs.join(' and ')}, which the bridge of node ${node.name} needs`,
      );
    }
  }
  return pod.addresses.map((address) => canonical(address, where));
}

/** How the names of all pods' network namespaces of a lab begin. */
export const podPrefix = (lab: string): string => `weir-${lab}-pod-`;

const canonical = (address: string, where: string): string =>
  formatAddress(familyOf(address), parseAddress(address, where));

/** Interface names have at most 15 bytes, so a hash stands for the pod, as in most CNI plugins. */
const vethName = (key: string): string => `veth${createHash('sha256').update(key).digest('hex').slice(0, 8)}`;
