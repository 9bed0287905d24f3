import type { Prefix } from '../model/address.ts';
import type { CidrGroup } from '../model/cidr-group.ts';
import type { NamedPort, Namespace, Node, Pod, Protocol } from '../model/endpoint.ts';
import type { LabelSelector, LabelSource, Requirement } from '../model/labels.ts';
import type {
  BlockScope,
  DirectionRules,
  Entity,
  Peer,
  PolicyRef,
  PolicyRule,
  PortSpec,
  RuleItem,
  SelectingPolicy,
  TieredPolicy,
  TieredRule,
} from '../model/policy.ts';
import type { EndpointSlice, Service } from '../model/service.ts';
import type { SpecialAddress } from '../model/special-address.ts';
import { namespaceKey } from '../resolve/label-keys.ts';

/** Model objects for tests, in few words. Only IPv4 texts, and IPv6 texts whose groups are all written out. */
export function prefix(text: string): Prefix {
  const [address = '', length] = text.split('/');
  const v6 = address.includes(':');
  const bytes = v6 ? ipv6(address) : Uint8Array.from(address.split('.').map(Number));
  const bits = length === undefined ? bytes.length * 8 : Number(length);
  return { family: v6 ? 6 : 4, address: bytes, length: bits, text: `${address}/${bits}` };
}

function ipv6(text: string): Uint8Array {
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  for (const [index, group] of text.split(':').entries()) {
    view.setUint16(index * 2, Number.parseInt(group || '0', 16));
  }
  return bytes;
}

export interface PodOptions extends Partial<Omit<Pod, 'labels' | 'addresses' | 'kind'>> {
  readonly labels?: Readonly<Record<string, string>>;
  readonly addresses?: readonly string[];
}

/** `where`: "namespace/name". */
export function pod(where: string, { labels = {}, addresses = [], ...rest }: PodOptions = {}): Pod {
  const [namespace = '', name = ''] = where.split('/');
  return {
    kind: 'Pod',
    namespace,
    name,
    uid: `uid-${where}`,
    labels: new Map(Object.entries(labels)),
    serviceAccount: 'default',
    node: 'n1',
    addresses: addresses.map(prefix),
    ports: [],
    hostNetwork: false,
    finished: false,
    terminating: false,
    started: 0,
    cluster: undefined,
    ...rest,
  };
}

export const namedPort = (
  name: string,
  port: number,
  protocol: NamedPort['protocol'] = 'TCP',
): NamedPort => ({
  name,
  port,
  protocol,
});

export const namespace = (name: string, labels: Readonly<Record<string, string>> = {}): Namespace => ({
  kind: 'Namespace',
  name,
  labels: new Map(Object.entries(labels)),
});

export const node = (name: string, ...addresses: readonly string[]): Node =>
  labelledNode(name, {}, ...addresses);

export const labelledNode = (
  name: string,
  labels: Readonly<Record<string, string>>,
  ...addresses: readonly string[]
): Node => ({
  kind: 'Node',
  name,
  labels: new Map(Object.entries(labels)),
  addresses: addresses.map(prefix),
});

export const cidrGroup = (
  name: string,
  labels: Readonly<Record<string, string>>,
  ...blocks: readonly string[]
): CidrGroup => ({
  kind: 'CidrGroup',
  name,
  labels: new Map(Object.entries(labels)),
  blocks: blocks.map(prefix),
});

export const special = (name: string, kind: SpecialAddress['entity'], address: string): SpecialAddress => ({
  kind: 'SpecialAddress',
  name,
  entity: kind,
  address: prefix(address),
});

export interface ServiceOptions
  extends Partial<Omit<Service, 'labels' | 'selector' | 'addresses' | 'externalAddresses' | 'kind'>> {
  readonly labels?: Readonly<Record<string, string>>;
  readonly selector?: Readonly<Record<string, string>>;
  readonly addresses?: readonly string[];
  readonly externalAddresses?: readonly string[];
}

/** `where`: "namespace/name". */
export function service(
  where: string,
  { labels = {}, selector, addresses = [], externalAddresses = [], ...rest }: ServiceOptions = {},
): Service {
  const [namespaceName = '', name = ''] = where.split('/');
  return {
    kind: 'Service',
    namespace: namespaceName,
    name,
    labels: new Map(Object.entries(labels)),
    selector: selector && new Map(Object.entries(selector)),
    type: 'ClusterIP',
    addresses: addresses.map(prefix),
    ports: [],
    externalAddresses: externalAddresses.map(prefix),
    internalTrafficLocal: false,
    externalTrafficLocal: false,
    ...rest,
  };
}

export interface SliceOptions {
  readonly service: string;
  readonly ports?: EndpointSlice['ports'];
  readonly endpoints?: readonly {
    readonly addresses: readonly string[];
    readonly ready?: boolean;
    readonly serving?: boolean;
    readonly terminating?: boolean;
    readonly node?: string;
  }[];
}

/** `where`: "namespace/name". */
export function slice(
  where: string,
  { endpoints: backends = [], ports = [], service: of }: SliceOptions,
): EndpointSlice {
  const [namespaceName = '', name = ''] = where.split('/');
  return {
    kind: 'EndpointSlice',
    namespace: namespaceName,
    name,
    service: of,
    ports,
    endpoints: backends.map(
      ({ addresses, ready = true, serving = ready, terminating = false, node: on = '' }) => ({
        addresses: addresses.map(prefix),
        ready,
        serving,
        terminating,
        node: on,
      }),
    ),
  };
}

export function requirement(
  key: string,
  operator: Requirement['operator'],
  values: readonly string[] = [],
  source: LabelSource = 'any',
): Requirement {
  return { source, key, operator, values };
}

/** Labels that must be there, and the namespace that the decoder adds. */
export function labelsIn(
  namespaceName: string,
  labels: Readonly<Record<string, string>> = {},
): LabelSelector {
  const own = Object.entries(labels).map(([key, value]) => requirement(key, 'In', [value]));
  return { requirements: [...own, requirement(namespaceKey, 'In', [namespaceName], 'k8s')] };
}

export const endpoints = (selector: LabelSelector): Peer => ({ kind: 'endpoints', selector });
export const entity = (name: Entity): Peer => ({ kind: 'entity', entity: name });
export const cidr = (
  block: string,
  except: readonly string[] = [],
  scope: BlockScope = { pods: false, nodes: false },
): Peer => ({ kind: 'cidr', block: prefix(block), except: except.map(prefix), scope });

export const port = (number: number, last = number, protocol: Protocol = 'TCP'): PortSpec => ({
  kind: 'range',
  protocol,
  first: number,
  last,
});
export const portNamed = (name: string, protocol: Protocol = 'TCP', last = 0): PortSpec => ({
  kind: 'named',
  protocol,
  name,
  last,
});

/** Undefined: any peer; all ports. Paths are numbered by `direction`. */
export interface ItemOptions {
  readonly peers?: readonly Peer[];
  readonly ports?: readonly PortSpec[];
}

const item = (path: string, { peers, ports }: ItemOptions): RuleItem => ({
  path,
  peers: peers === undefined ? { kind: 'any' } : { kind: 'list', peers },
  ports: ports === undefined ? { kind: 'all' } : { kind: 'list', ports },
});

export interface DirectionOptions {
  readonly allow?: readonly ItemOptions[];
  readonly deny?: readonly ItemOptions[];
  readonly defaultDeny?: boolean;
}

function direction(name: string, options: DirectionOptions | undefined): DirectionRules {
  if (!options) return { defaultDeny: false, allow: [], deny: [] };
  const { allow = [], deny = [], defaultDeny = true } = options;
  return {
    defaultDeny,
    allow: allow.map((each, index) => item(`spec.${name}[${index}]`, each)),
    deny: deny.map((each, index) => item(`spec.${name}Deny[${index}]`, each)),
  };
}

export interface RuleOptions {
  readonly subject: LabelSelector;
  readonly log?: string;
  readonly ingress?: DirectionOptions;
  readonly egress?: DirectionOptions;
}

/** `where`: "namespace/name", or "name" for a policy of cluster scope. */
export function policy(where: string, ...rules: readonly RuleOptions[]): SelectingPolicy {
  const [first = '', second] = where.split('/');
  const ref: PolicyRef =
    second === undefined
      ? { kind: 'CiliumClusterwideNetworkPolicy', namespace: '', name: first }
      : { kind: 'CiliumNetworkPolicy', namespace: first, name: second };
  return {
    kind: 'Policy',
    ref,
    rules: rules.map(
      ({ subject, log = '', ingress, egress }, index): PolicyRule => ({
        path: index === 0 ? 'spec' : `specs[${index - 1}]`,
        subject,
        log,
        ingress: direction('ingress', ingress),
        egress: direction('egress', egress),
      }),
    ),
  };
}

export interface TieredRuleOptions extends ItemOptions {
  readonly action: TieredRule['action'];
}

export interface TieredOptions {
  readonly tier?: TieredPolicy['tier'];
  readonly priority?: number;
  readonly subject: LabelSelector;
  readonly ingress?: readonly TieredRuleOptions[];
  readonly egress?: readonly TieredRuleOptions[];
}

export function tiered(
  name: string,
  { tier = 'admin', priority = 0, subject, ingress = [], egress = [] }: TieredOptions,
): TieredPolicy {
  const rules = (direction: string, options: readonly TieredRuleOptions[]): readonly TieredRule[] =>
    options.map((each, index) => ({ ...item(`spec.${direction}[${index}]`, each), action: each.action }));
  return {
    kind: 'TieredPolicy',
    ref: { kind: 'ClusterNetworkPolicy', namespace: '', name },
    tier,
    priority,
    subject,
    ingress: rules('ingress', ingress),
    egress: rules('egress', egress),
  };
}
