import type { Mutation } from './mutation.ts';

const compile = 'operator/src/compile';
const resolve = 'operator/src/resolve';
const bundle = 'operator/src/bundle';

const precedence: readonly Mutation[] = [
  {
    name: 'allow rules come before deny rules',
    file: `${compile}/table-lines.ts`,
    find: "line.verdict === 'deny' ? 0 : 1",
    replace: "line.verdict === 'deny' ? 1 : 0",
  },
  {
    name: 'the Admin tier comes after the other kinds',
    file: `${compile}/compile-table.ts`,
    find: `builder.addLines(orderedLines(fragments, 'admin', ownPorts), tiers.admin);
  builder.addLines(mergedLines(rules, ownPorts), tiers.rules);`,
    replace: `builder.addLines(mergedLines(rules, ownPorts), tiers.admin);
  builder.addLines(orderedLines(fragments, 'admin', ownPorts), tiers.rules);`,
  },
  {
    name: 'the Baseline tier opens what is isolated',
    file: `${compile}/compile-table.ts`,
    find: `if (!isolation) builder.addLines(orderedLines(fragments, 'baseline', ownPorts), tiers.baseline);
  else if (`,
    replace: `builder.addLines(orderedLines(fragments, 'baseline', ownPorts), tiers.baseline);
  if (isolation && `,
  },
  {
    name: 'the greater priority comes first',
    file: `${compile}/table-lines.ts`,
    find: 'a.priority - b.priority ||',
    replace: 'b.priority - a.priority ||',
  },
  {
    name: 'of equal priorities the greater name comes first',
    file: `${compile}/table-lines.ts`,
    find: '(a.name < b.name ? -1 : 1)',
    replace: '(a.name < b.name ? 1 : -1)',
  },
  {
    name: 'Pass accepts',
    file: `${compile}/rule-fragment.ts`,
    find: "pass: 'pass' }",
    replace: "pass: 'allow' }",
  },
];

const isolation: readonly Mutation[] = [
  {
    name: 'a rule without default deny isolates',
    file: `${compile}/rule-fragment.ts`,
    find: 'isolates: defaultDeny,',
    replace: 'isolates: true,',
  },
  {
    name: 'a single rule without default deny opens all',
    file: `${compile}/compile-table.ts`,
    find: 'rules.filter(({ isolates }) => isolates).map(',
    replace: '(rules.every(({ isolates }) => isolates) ? rules : []).map(',
  },
  {
    name: 'enable-policy: always isolates nobody without policies',
    file: `${compile}/compile-table.ts`,
    find: "enablePolicy === 'always' ? [alwaysOrigin] : undefined",
    replace: 'undefined',
  },
  {
    name: 'allow-localhost: always lets the node in as little as policy does',
    file: `${compile}/compile-table.ts`,
    find: "settings.allowLocalhost !== 'policy'",
    replace: "settings.allowLocalhost === 'auto'",
  },
  {
    name: 'an isolated pod reaches its node',
    file: `${compile}/compile-table.ts`,
    find: "direction === 'ingress' && rules.length > 0",
    replace: 'rules.length > 0',
  },
  {
    name: 'the text of log is lost',
    file: `${compile}/rule-fragment.ts`,
    find: 'originOf(ref, item.path, rule.log)',
    replace: "originOf(ref, item.path, '')",
  },
];

const ports: readonly Mutation[] = [
  {
    name: 'a range from a named port on is the port alone',
    file: `${compile}/table-lines.ts`,
    find: 'Math.max(number, ports.last)',
    replace: 'number',
  },
  {
    name: 'an empty list of ports is every port',
    file: `${compile}/rule-fragment.ts`,
    find: `case 'none':
      return [];
    case 'list': {
      const { ports }`,
    replace: `case 'none':
      return peers.map((peer) => ({ peer, protocol: 0, ports: allPorts }));
    case 'list': {
      const { ports }`,
  },
  {
    name: 'ICMP and ICMPv6 are exchanged',
    file: `${compile}/rule-fragment.ts`,
    find: '{ 4: 1, 6: 58 }',
    replace: '{ 4: 58, 6: 1 }',
  },
  {
    name: 'ICMP type 0 is every type',
    file: `${compile}/rule-fragment.ts`,
    find: 'first: type, last: type',
    replace: 'first: type, last: type || 255',
  },
  {
    name: 'ICMP type 256 is type 0',
    file: `${compile}/rule-fragment.ts`,
    find: `const { family, type } = port;
      if (type > 255) return [];`,
    replace: `const { family } = port;
      const type = port.type % 256;`,
  },
  {
    name: 'a protocol without ports is every protocol',
    file: `${compile}/rule-fragment.ts`,
    find: 'protocol: port.protocol, ports: allPorts',
    replace: 'protocol: 0, ports: allPorts',
  },
  {
    name: 'on egress the number of a named port is open at every peer',
    file: `${compile}/rule-fragment.ts`,
    find: 'const named = withPseudoLabel(peer, portKey(nameKey, number));',
    replace: 'const named = peer;',
  },
];

const peers: readonly Mutation[] = [
  {
    name: 'an empty list of peers is every peer',
    file: `${resolve}/peer-content.ts`,
    find: `case 'none':
      return [];
    case 'list': {
      const draft`,
    replace: `case 'none':
      return [anyPeer];
    case 'list': {
      const draft`,
  },
  {
    name: 'exceptions of a block are lost',
    file: `${resolve}/address-block.ts`,
    find: 'if (containsPrefix(block, hole)) inside.set(hole.text, hole);',
    replace: '',
  },
  {
    name: 'blocks of nodes alone match nodes no more',
    file: `${resolve}/peer-content.ts`,
    find: 'a.pods === b.pods && a.nodes === b.nodes',
    replace: 'a.pods === b.pods',
  },
  {
    name: 'cluster has the pods of other clusters, cluster-mesh has not',
    file: `${resolve}/peer-content.ts`,
    find: "entity === 'cluster' ? localPods",
    replace: "entity === 'cluster-mesh' ? localPods",
  },
  {
    name: 'an API server outside is just the world',
    file: `${resolve}/reserved-match.ts`,
    find: "['kube-apiserver', 'world-ipv4']",
    replace: "['world-ipv4']",
  },
  {
    name: 'a node that serves the API is just a node',
    file: `${resolve}/node-profiles.ts`,
    find: 'node.addresses.some(({ text }) => apiServers.has(text))',
    replace: 'false',
  },
  {
    name: 'fromNodes has the own node',
    file: `${resolve}/node-profiles.ts`,
    find: '(includeLocal || !isLocal)',
    replace: 'true',
  },
  {
    name: 'negative conditions on groups mean nothing',
    file: `${resolve}/cidr-group-blocks.ts`,
    find: 'holes.push(...blocks);',
    replace: '',
  },
  {
    name: 'only the last condition on groups counts',
    file: `${resolve}/cidr-group-blocks.ts`,
    find: 'included = intersectBlocks(included, blocks);',
    replace: 'included = blocks;',
  },
  {
    name: 'toServices has backends that are not ready',
    file: `${resolve}/peer-context.ts`,
    find: 'ready || (terminating && serving)',
    replace: 'true',
  },
  {
    name: 'toServices has no terminating backends',
    file: `${resolve}/peer-context.ts`,
    find: 'ready || (terminating && serving)',
    replace: 'ready',
  },
  {
    name: 'toServices has the pods of every namespace',
    file: `${resolve}/service-members.ts`,
    find: '[...(selector ?? []), [namespaceKey, namespace] as const]',
    replace: '[...(selector ?? [])]',
  },
];

const services: readonly Mutation[] = [
  {
    name: 'backends of a service need not be ready',
    file: `${bundle}/service-backends.ts`,
    find: 'if (endpoint.ready) offer',
    replace: 'offer',
  },
  {
    name: 'terminating backends serve nobody',
    file: `${bundle}/service-backends.ts`,
    find: 'ready.length > 0 ? ready : terminating',
    replace: 'ready',
  },
  {
    name: 'terminating backends serve beside those that are ready',
    file: `${bundle}/service-backends.ts`,
    find: 'ready.length > 0 ? ready : terminating',
    replace: '[...ready, ...terminating]',
  },
  {
    name: 'terminating backends serve though they no longer can',
    file: `${bundle}/service-backends.ts`,
    find: 'endpoint.terminating && endpoint.serving',
    replace: 'endpoint.terminating',
  },
  {
    name: 'a terminating pod keeps the address that another has got',
    file: `${bundle}/service-backends.ts`,
    find: 'if (!staying.has(entry.key)) addEntry',
    replace: 'addEntry',
  },
  {
    name: 'backends of one family serve for both',
    file: `${bundle}/service-backends.ts`,
    find: 'ready.length > 0 ? ready : terminating',
    replace: '[...offers.values()].some((offer) => offer.ready.some(isOn)) ? ready : terminating',
  },
  {
    name: 'internalTrafficPolicy: Local means nothing',
    file: `${bundle}/encode-service.ts`,
    find: 'backendsOn(port, all, node)',
    replace: 'backendsWithin(port, all)',
  },
  {
    name: 'externalTrafficPolicy: Local means nothing',
    file: `${bundle}/encode-service.ts`,
    find: 'externalTrafficLocal ? backendsAnywhere : backendsWithin',
    replace: 'backendsWithin',
  },
  {
    name: 'external addresses lead where cluster addresses do',
    file: `${bundle}/encode-service.ts`,
    find: 'return encodeFace(service, slices, { key: serviceKey(service), addresses, hasNodePorts',
    replace:
      'return encodeFace(service, slices, { key: serviceKey(service), addresses: [...addresses, ...service.externalAddresses], hasNodePorts',
  },
  {
    name: "a slice's ports need not have the name of the service's port",
    file: `${bundle}/service-backends.ts`,
    find: 'one.name === name && one.protocol === protocol',
    replace: 'one.protocol === protocol',
  },
  {
    name: 'a slice of every port is met at the port of the service',
    file: `${bundle}/service-backends.ts`,
    find: "typeof targetPort === 'number' ? targetPort : port",
    replace: 'port',
  },
  {
    name: 'node ports are ports as all others',
    file: `${bundle}/encode-service.ts`,
    find: 'hasNodePorts ? port.nodePort : 0',
    replace: '0',
  },
  {
    name: 'one allowed backend of a service is enough',
    file: 'node-agent/src/image/judge-targets.ts',
    find: 'found.find((one) => !outcomes.isAllowed(one)) ?? found[0]',
    replace: 'found.find((one) => outcomes.isAllowed(one)) ?? found[0]',
  },
];

const identities: readonly Mutation[] = [
  {
    name: "a pod takes a node's address",
    file: `${resolve}/address-owners.ts`,
    find: '!this.#nodes.holder(text) && this.#pods.holder(text) === pod',
    replace: 'this.#pods.holder(text) === pod',
  },
  {
    name: 'the former of two pods keeps their address',
    file: `${resolve}/pod-role.ts`,
    find: 'a.started > b.started',
    replace: 'a.started < b.started',
  },
  {
    name: 'a terminating pod keeps an address that another claims',
    file: `${resolve}/pod-role.ts`,
    find: 'return b.terminating;',
    replace: 'return a.terminating;',
  },
  {
    name: "a pod in its node's network is a pod",
    file: `${resolve}/pod-role.ts`,
    find: '!pod.finished && !pod.hostNetwork',
    replace: '!pod.finished',
  },
  {
    name: 'selectors see the labels that the filter hides',
    file: `${resolve}/label-filter.ts`,
    find: '!ignored.test(key)',
    replace: 'true',
  },
];

/** What the property test of evaluator and image must find, each by itself. */
export const mutations: readonly Mutation[] = [
  ...precedence,
  ...isolation,
  ...ports,
  ...peers,
  ...services,
  ...identities,
];
