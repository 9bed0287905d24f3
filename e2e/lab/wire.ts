import { parseAddress, parseBlock } from './block.ts';
import type { Family } from './net/family.ts';
import { familyOf, wholeLength } from './net/family.ts';
import type { LabNode, LabPlace, LabPlan, LabPod } from './plan.ts';

/** How one network namespace is set up: files under /proc/sys/net first, then lines for `ip -batch`. */
export interface NamespaceSetup {
  readonly namespace: string;
  readonly sysctls: readonly (readonly [path: string, value: string])[];
  /** What makes interfaces, also those whose other end is in another namespace: all of these come before the rest. */
  readonly links: readonly string[];
  /** As sysctls, of single interfaces. */
  readonly deviceSysctls: NamespaceSetup['sysctls'];
  readonly addresses: readonly string[];
}

/** Next hops of point-to-point pods: addresses that no one has (proxy ARP answers) and that every link has. */
const GATEWAY4 = '169.254.1.1';
const GATEWAY6 = 'fe80::1';

/** Of a node's bridge. Without one it has the least of its ports', which is another when that pod goes. */
const BRIDGE_MAC = '0a:58:00:00:00:01';

const whole = (address: string): string => `${address}/${wholeLength(familyOf(address))}`;
const ofFamily = (addresses: readonly string[], family: Family): string | undefined =>
  addresses.find((address) => familyOf(address) === family);

/** No duplicate address detection, which would hold IPv6 addresses back for a second; no router advertisements. */
const endSysctls: NamespaceSetup['sysctls'] = [
  ['ipv6/conf/default/accept_dad', '0'],
  ['ipv6/conf/all/accept_dad', '0'],
  ['ipv6/conf/default/accept_ra', '0'],
];

const forwardSysctls: NamespaceSetup['sysctls'] = [
  ...endSysctls,
  ['ipv4/ip_forward', '1'],
  ['ipv6/conf/all/forwarding', '1'],
  ['ipv4/conf/all/send_redirects', '0'],
  ['ipv4/conf/default/send_redirects', '0'],
  ['bridge/bridge-nf-call-iptables', '0'],
  ['bridge/bridge-nf-call-ip6tables', '0'],
  ['bridge/bridge-nf-call-arptables', '0'],
];

/** Every namespace of a plan with its setup, a pure function. */
export function wire(plan: LabPlan): readonly NamespaceSetup[] {
  const pods = plan.pods.filter((pod) => !pod.hostNetwork);
  return [
    wireRouter(plan),
    wireWorld(plan),
    ...placesOf(plan).map((place) => wirePlace(plan, place, 'eth0')),
    ...plan.nodes.map((node) =>
      wireNode(
        plan,
        node,
        pods.filter((pod) => pod.node === node.name),
      ),
    ),
    ...pods.map((pod) => wirePod(plan, pod)),
  ];
}

const placesOf = (plan: LabPlan): readonly LabPlace[] =>
  plan.control === undefined ? [plan.operator] : [plan.operator, plan.control];

/** "172.18.0.2/24": an address with the length of the block that it shares with the other nodes. */
function onUnderlay(plan: LabPlan, address: string): string {
  const block = plan.underlay.find((text) => familyOf(text) === familyOf(address));
  return `${address}/${parseBlock(block ?? whole(address), 'underlay').length}`;
}

const addAddress = (address: string, device: string): string =>
  `addr add ${address} dev ${device}${familyOf(address) === 6 ? ' nodad' : ''}`;

/** Routes to the world and to everything else that lies beyond the router. */
const defaultRoutes = (plan: LabPlan, own: readonly string[]): readonly string[] =>
  plan.router.addresses
    .filter((router) => ofFamily(own, familyOf(router)) !== undefined)
    .map((router) => `route add default via ${router} dev eth0`);

/** Routes to the pods of a node. */
function routesToPods(plan: LabPlan, node: LabNode): readonly string[] {
  const pods = plan.pods.filter((pod) => pod.node === node.name && !pod.hostNetwork);
  return routesToAddresses(node, [...node.podCidrs, ...strayAddresses(node, pods)]);
}

/** Whole addresses of pods that the node's blocks do not have. */
const strayAddresses = (node: LabNode, pods: readonly LabPod[]): readonly string[] =>
  pods
    .flatMap((pod) => pod.addresses)
    .filter((address) => !inBlocks(address, node.podCidrs))
    .map(whole);

/** By way of the node's address of the same family. */
function routesToAddresses(node: LabNode, targets: readonly string[]): readonly string[] {
  return targets.flatMap((target) => {
    const hop = ofFamily(node.addresses, familyOf(target));
    return hop === undefined ? [] : [`route add ${target} via ${hop}`];
  });
}

function inBlocks(address: string, blocks: readonly string[]): boolean {
  const value = parseAddress(address, 'pod');
  return blocks
    .filter((text) => familyOf(text) === familyOf(address))
    .map((text) => parseBlock(text, 'podCIDR'))
    .some((block) => {
      const host = BigInt(wholeLength(block.family) - block.length);
      return value >> host === block.base >> host;
    });
}

/** The namespace between the nodes: a bridge, and the router to the outside world on it. */
function wireRouter(plan: LabPlan): NamespaceSetup {
  const ends = [...plan.nodes, ...placesOf(plan)].map(({ namespace }) => namespace);
  return {
    namespace: plan.router.namespace,
    sysctls: forwardSysctls,
    links: [
      'link add br0 type bridge mcast_snooping 0 stp_state 0',
      ...ends.map((end, index) => `link add port${index} type veth peer name eth0 netns ${end}`),
      `link add world0 type veth peer name eth0 netns ${plan.world.namespace}`,
    ],
    deviceSysctls: [],
    addresses: [
      'link set lo up',
      ...ends.map((_, index) => `link set port${index} master br0 up`),
      ...plan.router.addresses.map((address) => addAddress(onUnderlay(plan, address), 'br0')),
      addAddress(whole(GATEWAY4), 'world0'),
      addAddress(`${GATEWAY6}/64`, 'world0'),
      'link set br0 up',
      'link set world0 up',
      ...plan.world.addresses.map((address) => `route add ${whole(address)} dev world0`),
      ...plan.nodes.flatMap((node) => routesToPods(plan, node)),
    ],
  };
}

function wireWorld(plan: LabPlan): NamespaceSetup {
  return {
    namespace: plan.world.namespace,
    sysctls: endSysctls,
    links: [],
    deviceSysctls: [],
    addresses: pointToPoint(plan.world.addresses),
  };
}

/** The inside of a namespace that hangs on a routed veth: whole addresses and a gateway that is only a next hop. */
function pointToPoint(addresses: readonly string[]): readonly string[] {
  return [
    'link set lo up',
    'link set eth0 up',
    ...addresses.map((address) => addAddress(whole(address), 'eth0')),
    ...(ofFamily(addresses, 4) === undefined
      ? []
      : [`route add ${GATEWAY4} dev eth0 scope link`, `route add default via ${GATEWAY4} dev eth0`]),
    ...(ofFamily(addresses, 6) === undefined ? [] : [`route add default via ${GATEWAY6} dev eth0`]),
  ];
}

function wirePlace(plan: LabPlan, place: LabPlace, device: string): NamespaceSetup {
  return {
    namespace: place.namespace,
    sysctls: endSysctls,
    links: [],
    deviceSysctls: [],
    addresses: [
      'link set lo up',
      `link set ${device} up`,
      ...place.addresses.map((address) => addAddress(onUnderlay(plan, address), device)),
      ...defaultRoutes(plan, place.addresses),
    ],
  };
}

function wireNode(plan: LabPlan, node: LabNode, pods: readonly LabPod[]): NamespaceSetup {
  const others = plan.nodes.filter((other) => other.name !== node.name);
  const bridge = node.wiring === 'bridge';
  return {
    namespace: node.namespace,
    sysctls: forwardSysctls,
    links: [
      ...(bridge ? [`link add cni0 address ${BRIDGE_MAC} type bridge mcast_snooping 0 stp_state 0`] : []),
      ...pods.map(vethPair),
    ],
    deviceSysctls: bridge ? [] : pods.flatMap(proxyArp),
    addresses: [
      'link set lo up',
      'link set eth0 up',
      ...node.addresses.map((address) => addAddress(onUnderlay(plan, address), 'eth0')),
      ...defaultRoutes(plan, node.addresses),
      ...others.flatMap((other) => routesToPods(plan, other)),
      ...(bridge ? [...node.gateways.map((gateway) => addAddress(gateway, 'cni0')), 'link set cni0 up'] : []),
      ...pods.flatMap((pod) => attachPod(node, pod)),
    ],
  };
}

/** What a pod that comes later needs in its own namespace, which is to be made, and in those that are there. */
export function wireLatePod(
  plan: LabPlan,
  pod: LabPod,
): { readonly own: NamespaceSetup; readonly others: readonly NamespaceSetup[] } {
  const inside = (namespace: string, addresses: readonly string[]): NamespaceSetup => ({
    namespace,
    sysctls: [],
    links: [],
    deviceSysctls: [],
    addresses,
  });
  const node = plan.nodes.find(({ name }) => name === pod.node);
  if (node === undefined) return { own: wirePod(plan, pod), others: [] };
  const routes = routesToAddresses(node, strayAddresses(node, [pod]));
  const away = [
    plan.router.namespace,
    ...plan.nodes.flatMap(({ name, namespace }) => (name === node.name ? [] : [namespace])),
  ];
  return {
    own: wirePod(plan, pod),
    others: [
      {
        ...inside(node.namespace, attachPod(node, pod)),
        links: [vethPair(pod)],
        deviceSysctls: node.wiring === 'bridge' ? [] : proxyArp(pod),
      },
      ...away.map((namespace) => inside(namespace, routes)),
    ],
  };
}

const vethPair = (pod: LabPod): string =>
  `link add ${pod.veth} type veth peer name eth0 netns ${pod.namespace}`;

/** The node answers for the pod's gateway, and without the random delay that would hold back the first packet. */
const proxyArp = (pod: LabPod): NamespaceSetup['sysctls'] => [
  [`ipv4/conf/${pod.veth}/proxy_arp`, '1'],
  [`ipv4/neigh/${pod.veth}/proxy_delay`, '0'],
];

/** The node's end of a pod's veth pair: a port of its bridge, or a route for each address. */
function attachPod(node: LabNode, pod: LabPod): readonly string[] {
  if (node.wiring === 'bridge') return [`link set ${pod.veth} master cni0 up`];
  return [
    addAddress(`${GATEWAY6}/64`, pod.veth),
    `link set ${pod.veth} up`,
    ...pod.addresses.map((address) => {
      const source = ofFamily(node.addresses, familyOf(address));
      const hint = source === undefined ? '' : ` src ${source}`;
      return `route add ${whole(address)} dev ${pod.veth}${hint}`;
    }),
  ];
}

function wirePod(plan: LabPlan, pod: LabPod): NamespaceSetup {
  const node = plan.nodes.find(({ name }) => name === pod.node);
  const gateways = node?.gateways ?? [];
  return {
    namespace: pod.namespace,
    sysctls: endSysctls,
    links: [],
    deviceSysctls: [],
    addresses: gateways.length === 0 ? pointToPoint(pod.addresses) : onBridge(pod.addresses, gateways),
  };
}

function onBridge(addresses: readonly string[], gateways: readonly string[]): readonly string[] {
  return [
    'link set lo up',
    'link set eth0 up',
    ...addresses.flatMap((address) => {
      const gateway = ofFamily(gateways, familyOf(address));
      if (gateway === undefined) return [];
      const [hop, length] = gateway.split('/');
      return [addAddress(`${address}/${length}`, 'eth0'), `route add default via ${hop} dev eth0`];
    }),
  ];
}
