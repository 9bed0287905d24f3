import { weir } from '@weir/proto/bundle.js';
import { readItems } from '@weir/proto/item.ts';
import type { NodeBundle } from '../bundle/node-bundle.ts';

const { Verdict, Entity } = weir.bundle.v1;

/** A bundle as texts that a test can spell out. */
export interface ShownBundle {
  /** "namespace/name" of an endpoint: its tables, line by line; nothing where all passes. */
  readonly endpoints: Readonly<Record<string, { ingress?: readonly string[]; egress?: readonly string[] }>>;
  /** Selector texts with the identities that are members, sorted. */
  readonly members: Readonly<Record<string, readonly string[]>>;
  /** "address/length identity", sorted. */
  readonly prefixes: readonly string[];
  /** By key, "addresses protocol/port" of each port with its backends; where it has a node port, "node port" first. */
  readonly services: Readonly<Record<string, readonly string[]>>;
}

type Contents = ReturnType<typeof contentsOf>;

export function showBundle(bundle: NodeBundle): ShownBundle {
  const contents = contentsOf(bundle);
  const endpoints = contents.endpoints.map(({ namespace, name, ingressTable, egressTable }) => {
    const ingress = showTable(contents, ingressTable);
    const egress = showTable(contents, egressTable);
    return [`${namespace}/${name}`, { ...(ingress && { ingress }), ...(egress && { egress }) }] as const;
  });
  const members = [...contents.selectors.values()].map(({ key, text }) => {
    const own = contents.memberships.filter(({ selector }) => keyText(selector) === keyText(key));
    return [text ?? '', own.map(({ identity }) => showIdentity(contents, identity)).sort()] as const;
  });
  const prefixes = contents.prefixes.map(
    ({ address, length, identity }) =>
      `${[...(address ?? [])].join('.')}/${length} ${showIdentity(contents, identity)}`,
  );
  return {
    endpoints: Object.fromEntries(endpoints.sort(byName)),
    members: Object.fromEntries(members.sort(byName)),
    prefixes: prefixes.sort(),
    services: Object.fromEntries(contents.services.map(showService).sort(byName)),
  };
}

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);

const keyText = (key: Uint8Array | null | undefined): string => Buffer.from(key ?? []).toString('hex');

function contentsOf({ items }: NodeBundle) {
  const endpoints: weir.bundle.v1.IEndpoint[] = [];
  const identities = new Map<string, weir.bundle.v1.IIdentity>();
  const prefixes: weir.bundle.v1.IPrefix[] = [];
  const selectors = new Map<string, weir.bundle.v1.ISelector>();
  const memberships: weir.bundle.v1.IMembership[] = [];
  const tables = new Map<string, weir.bundle.v1.ITable>();
  const services: weir.bundle.v1.IService[] = [];
  for (const { content } of readItems(Buffer.concat([...items.values()].map(({ field }) => field)))) {
    switch (content.kind) {
      case 1:
        endpoints.push(content.message);
        break;
      case 2:
        identities.set(keyText(content.message.key), content.message);
        break;
      case 3:
        prefixes.push(content.message);
        break;
      case 4:
        selectors.set(keyText(content.message.key), content.message);
        break;
      case 5:
        memberships.push(content.message);
        break;
      case 6:
        tables.set(keyText(content.message.key), content.message);
        break;
      case 7:
        services.push(content.message);
        break;
    }
  }
  return { endpoints, identities, prefixes, selectors, memberships, tables, services };
}

function showIdentity({ identities }: Contents, key: Uint8Array | null | undefined): string {
  const identity = identities.get(keyText(key));
  switch (identity?.entity) {
    case undefined:
      return 'missing';
    case Entity.ENTITY_POD:
      return `[${(identity?.labels ?? []).join(' ')}]`;
    default:
      return [entityNames[identity?.entity ?? 0] ?? 'unknown', ...(identity?.labels ?? [])].join(' ');
  }
}

const entityNames: Readonly<Record<number, string>> = {
  [Entity.ENTITY_HOST]: 'host',
  [Entity.ENTITY_REMOTE_NODE]: 'remote-node',
  [Entity.ENTITY_KUBE_APISERVER]: 'kube-apiserver',
  [Entity.ENTITY_HEALTH]: 'health',
  [Entity.ENTITY_INIT]: 'init',
  [Entity.ENTITY_UNMANAGED]: 'unmanaged',
  [Entity.ENTITY_INGRESS]: 'ingress',
};

function showTable(contents: Contents, key: Uint8Array | null | undefined): readonly string[] | undefined {
  if (!key || key.length === 0) return undefined;
  const table = contents.tables.get(keyText(key));
  if (!table) return ['missing'];
  const outcomes = (table.outcomes ?? []).map(showOutcome);
  const lines = (table.entries ?? []).map((entry) => {
    const selector = entry.selector ? table.selectors?.[entry.selector - 1] : undefined;
    const peer = entry.selector ? (contents.selectors.get(keyText(selector))?.text ?? 'missing') : 'all';
    const tier = entry.tier === 1 ? '' : `tier ${entry.tier ?? 0} `;
    return `${tier}${peer} ${showPorts(entry)}: ${outcomes[entry.outcome ?? 0]}`;
  });
  return [...lines, outcomes[table.defaultOutcome ?? 0] ?? 'missing'];
}

function showService({ key, addresses, ports }: weir.bundle.v1.IService) {
  const at = (addresses ?? []).map((address) => address.join('.')).join(' ');
  const lines = (ports ?? []).map(({ protocol, port, nodePort, backends }) => {
    const own = [nodePort ? `node ${nodePort}` : '', at, `${protocol}/${port}`].filter(Boolean).join(' ');
    const to = (backends ?? []).map((backend) => `${backend.address?.join('.')}:${backend.port}`);
    return `${own} → ${to.join(', ')}`;
  });
  return [key ?? '', lines] as const;
}

function showPorts({ protocol, firstPort, lastPort }: weir.bundle.v1.IEntry): string {
  if (!protocol) return '*';
  const range = firstPort === lastPort ? firstPort : `${firstPort ?? 0}-${lastPort}`;
  return `${protocol}/${range}`;
}

function showOutcome({ verdict, origins, log }: weir.bundle.v1.IOutcome): string {
  const from = (origins ?? []).map(({ namespace, name, rule }) =>
    [namespace ? `${namespace}/${name}` : name, rule].filter(Boolean).join(' '),
  );
  const told = log ? ` (${log})` : '';
  return `${verdictNames[verdict ?? 0]} by ${from.join(', ')}${told}`;
}

const verdictNames: Readonly<Record<number, string>> = {
  [Verdict.VERDICT_ALLOW]: 'allow',
  [Verdict.VERDICT_DENY]: 'deny',
  [Verdict.VERDICT_DEFAULT_DENY]: 'default deny',
  [Verdict.VERDICT_PASS]: 'pass',
};
