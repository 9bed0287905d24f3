import { holds } from '@weir/operator/src/evaluate/contains.ts';
import { serviceAt } from '@weir/operator/src/evaluate/service-at.ts';
import type { Prefix } from '@weir/operator/src/model/address.ts';
import type { ClusterState } from '@weir/operator/src/model/cluster.ts';
import type { Protocol } from '@weir/operator/src/model/endpoint.ts';

/** Says in the packet's mark that its source shall become the node's address, as kube-proxy does. */
const MASQUERADE = '0x4000';

interface Frontend {
  /** The destination that is met, as nft(8) writes it. */
  readonly match: string;
  readonly backends: readonly string[];
  readonly family: 4 | 6;
  readonly protocol: string;
  /** Whether packets could come back by another way if their source stayed. */
  readonly masquerades: boolean;
}

/**
 * What kube-proxy would write for nft(8) on a node: destinations of services become those of their backends, chosen at
 * random. Sources become the node's for node ports, and for pods that reach themselves.
 */
export function serviceRules(state: ClusterState, node: string): string {
  const frontends = frontendsOf(state, node).filter(({ backends }) => backends.length > 0);
  const endpoints = [...new Set(frontends.flatMap(keysOf))];
  const chainOf = (key: string): string => `backend-${endpoints.indexOf(key)}`;
  const choices = frontends.map((frontend) => {
    const keys = keysOf(frontend);
    const choice = keys.map((key, index) => `${index} : goto ${chainOf(key)}`).join(', ');
    const mark = frontend.masquerades ? `meta mark set meta mark or ${MASQUERADE} ` : '';
    return `${frontend.match} ${mark}numgen random mod ${keys.length} vmap { ${choice} }`;
  });
  return [
    'table inet services {}',
    'delete table inet services',
    'table inet services {',
    ...endpoints.map((key) => `chain ${chainOf(key)} { ${translation(key)} }`),
    `chain services { ${choices.join('; ')}; }`,
    'chain prerouting { type nat hook prerouting priority dstnat; jump services; }',
    'chain output { type nat hook output priority -100; jump services; }',
    'chain postrouting { type nat hook postrouting priority srcnat;',
    `meta mark & ${MASQUERADE} == ${MASQUERADE} meta mark set meta mark xor ${MASQUERADE} masquerade fully-random; }`,
    '}',
    '',
  ].join('\n');
}

const keysOf = ({ family, protocol, backends }: Frontend): readonly string[] =>
  backends.map((backend) => `${family} ${protocol} ${backend}`);

function translation(key: string): string {
  const [family, protocol, address, port] = key.split(' ');
  const name = family === '4' ? 'ip' : 'ip6';
  const target = family === '4' ? address : `[${address}]`;
  return (
    `${name} saddr ${address} meta mark set meta mark or ${MASQUERADE}; ` +
    `meta l4proto ${protocol} dnat ${name} to ${target}:${port};`
  );
}

function frontendsOf(state: ClusterState, node: string): readonly Frontend[] {
  const nodes = [...state.nodes.values()].flatMap(({ addresses }) => addresses);
  return [...state.services.values()].flatMap(({ addresses, externalAddresses, ports }) => {
    const own = [...addresses, ...externalAddresses];
    return ports.flatMap(({ protocol, port, nodePort }) => [
      ...own.map((address) => frontend(state, { address, protocol, port, node, isNode: false })),
      ...(nodePort === 0 ? [] : ([4, 6] as const)).flatMap((family) => {
        const address = nodes.find((candidate) => candidate.family === family);
        if (address === undefined || holds(own, address)) return [];
        return [frontend(state, { address, protocol, port: nodePort, node, isNode: true })];
      }),
    ]);
  });
}

interface Door {
  readonly address: Prefix;
  readonly protocol: Protocol;
  readonly port: number;
  readonly node: string;
  readonly isNode: boolean;
}

function frontend(state: ClusterState, { address, protocol, port, node, isNode }: Door): Frontend {
  const { family } = address;
  const target = serviceAt(state, address, { protocol, port }, node);
  const name = family === 4 ? 'ip' : 'ip6';
  const destination = isNode
    ? `meta nfproto ${family === 4 ? 'ipv4' : 'ipv6'} fib daddr type local`
    : `${name} daddr ${plain(address)}`;
  return {
    match: `${destination} ${protocol.toLowerCase()} dport ${port}`,
    backends: (target?.backends ?? []).map((backend) => `${plain(backend.address)} ${backend.port}`),
    family,
    protocol: protocol.toLowerCase(),
    masquerades: isNode,
  };
}

/** Without the length. */
const plain = ({ text }: Prefix): string => text.split('/')[0] ?? '';
