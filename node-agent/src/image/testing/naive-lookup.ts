import { weir } from '@weir/proto/bundle.js';
import type { Bundle } from '../../bundle.ts';
import type { Binding } from '../image.ts';
import { direction } from '../layout.ts';
import type { LookupResult, Query } from '../lookup.ts';
import { keyText } from '../words.ts';

const { Direction, Entity, Verdict } = weir.bundle.v1;

interface Block {
  readonly address?: Uint8Array | null;
  readonly length?: number | null;
}

/** Whether an address lies in a block, bit by bit. */
export function isInside(address: Uint8Array, block: Block): boolean {
  const base = block.address ?? new Uint8Array();
  if (base.length !== address.length) return false;
  for (let bit = 0; bit < (block.length ?? 0); bit++) {
    const mask = 128 >> (bit & 7);
    if (((base[bit >> 3] ?? 0) & mask) !== ((address[bit >> 3] ?? 0) & mask)) return false;
  }
  return true;
}

/** What the protocol's comments say about a packet, read straight off the bundle. */
export function naiveLookup(
  bundle: Bundle,
  bindings: readonly Binding[],
  localAddresses: readonly Uint8Array[],
  query: Query,
): LookupResult['outcome'] | undefined {
  const binding = bindings.find(({ ifindex }) => ifindex === query.ifindex);
  const endpoint = binding && bundle.endpoints.get(keyText(Buffer.from(binding.uid)));
  if (!endpoint) return undefined;
  const key = query.direction === direction.egress ? endpoint.egressTable : endpoint.ingressTable;
  const table = bundle.tables.get(keyText(key));
  if (!table) return { allow: true, isDefault: false, cookie: 0 };
  const judgePacket = (packet: Query) => judgePeer(bundle, table, localAddresses, packet);
  const isEgress = query.direction === direction.egress && table.direction === Direction.DIRECTION_EGRESS;
  const backends = isEgress ? backendsAt(bundle, localAddresses, query) : undefined;
  if (!backends) return judgePacket(query);
  const outcomes = backends.map(({ address, port }) => {
    const peer = { ...query, address: address ?? new Uint8Array(), port: port ?? 0 };
    return isOneOf(endpoint.addresses, peer.address) ? toItself : judgePacket(peer);
  });
  return outcomes.find(({ allow }) => !allow) ?? outcomes[0] ?? nowhere;
}

const toItself: LookupResult['outcome'] = { allow: true, isDefault: false, cookie: 0 };
const nowhere: LookupResult['outcome'] = { allow: false, isDefault: false, cookie: 0 };

function judgePeer(
  bundle: Bundle,
  table: weir.bundle.v1.ITable,
  localAddresses: readonly Uint8Array[],
  query: Query,
): LookupResult['outcome'] {
  const identity = identityOf(bundle, localAddresses, query);
  const outcome = judge(table, query, (selector) => matches(bundle, selector, identity, query.address));
  return {
    allow: outcome.verdict === Verdict.VERDICT_ALLOW,
    isDefault: outcome.verdict === Verdict.VERDICT_DEFAULT_DENY,
    cookie: outcome.cookie ?? 0,
  };
}

const isOneOf = (addresses: readonly Uint8Array[], address: Uint8Array): boolean =>
  addresses.some((one) => Buffer.compare(one, address) === 0);

/** The backends of the packet's family; undefined: it is for no service. */
function backendsAt(bundle: Bundle, localAddresses: readonly Uint8Array[], query: Query) {
  const identity = identityOf(bundle, localAddresses, query);
  const isNode =
    identity === '' || (identity !== undefined && isNodeEntity(bundle.identities.get(identity)?.entity));
  const services = [...bundle.services.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
  for (const { addresses, ports } of services) {
    const isOwn = isOneOf(addresses, query.address);
    const found = ports.find(
      ({ protocol, port, nodePort }) =>
        protocol === query.protocol &&
        ((isOwn && port === query.port) || (isNode && nodePort && nodePort === query.port)),
    );
    if (found)
      return (found.backends ?? []).filter(({ address }) => address?.length === query.address.length);
  }
  return undefined;
}

const isNodeEntity = (entity: weir.bundle.v1.Entity | undefined): boolean =>
  entity === Entity.ENTITY_HOST || entity === Entity.ENTITY_REMOTE_NODE;

/** Key of the identity; undefined: the world; empty: the host where the bundle does not name it. */
function identityOf(bundle: Bundle, localAddresses: readonly Uint8Array[], query: Query): string | undefined {
  const isForeign = query.direction === direction.ingress && query.foreign === true;
  const around = [...bundle.prefixes.values()].filter((prefix) => isInside(query.address, prefix));
  around.sort((a, b) => b.length - a.length);
  const longest = around[0];
  if (longest) {
    const key = keyText(longest.identity);
    const isHost = bundle.identities.get(key)?.entity === Entity.ENTITY_HOST;
    return isHost && isForeign ? undefined : key;
  }
  const isLocal = localAddresses.some((address) => Buffer.compare(address, query.address) === 0);
  if (!isLocal || isForeign) return undefined;
  for (const [key, { entity }] of bundle.identities) if (entity === Entity.ENTITY_HOST) return key;
  return '';
}

function matches(bundle: Bundle, key: string, identity: string | undefined, address: Uint8Array): boolean {
  const selector = bundle.selectors.get(key);
  if (!selector) throw new Error('no such selector');
  const { entity } = (identity !== undefined && bundle.identities.get(identity)) || {};
  const isWorld = identity === undefined || entity === Entity.ENTITY_KUBE_APISERVER;
  if (selector.any || (selector.world && isWorld)) return true;
  if (identity !== undefined && bundle.memberships.has(key + identity)) return true;
  if (!blocksConcern(selector, identity, entity)) return false;
  return selector.blocks.some(
    (block) => isInside(address, block) && !(block.excepts ?? []).some((except) => isInside(address, except)),
  );
}

/** Whether the selector's blocks are about the addresses of such a peer; `identity` undefined: the world. */
function blocksConcern(
  selector: weir.bundle.v1.ISelector,
  identity: string | undefined,
  entity: weir.bundle.v1.Entity | undefined,
): boolean {
  if (identity === undefined || entity === Entity.ENTITY_KUBE_APISERVER) return true;
  const isNode = identity === '' || isNodeEntity(entity);
  return (isNode ? selector.blocksMatchNodes : selector.blocksMatchPods) === true;
}

function judge(
  table: weir.bundle.v1.ITable,
  query: Query,
  isMatch: (selector: string) => boolean,
): weir.bundle.v1.IOutcome {
  let passed = -1;
  for (const entry of table.entries ?? []) {
    const selector = entry.selector ?? 0;
    const isPeer = selector === 0 || isMatch(keyText(table.selectors?.[selector - 1]));
    if ((entry.tier ?? 0) <= passed || !isPeer || !isPort(entry, query)) continue;
    const outcome = table.outcomes?.[entry.outcome ?? 0] ?? {};
    if (outcome.verdict !== Verdict.VERDICT_PASS) return outcome;
    passed = entry.tier ?? 0;
  }
  return table.outcomes?.[table.defaultOutcome ?? 0] ?? {};
}

function isPort(entry: weir.bundle.v1.IEntry, { protocol, port }: Query): boolean {
  if ((entry.protocol ?? 0) === 0) return true;
  return entry.protocol === protocol && port >= (entry.firstPort ?? 0) && port <= (entry.lastPort ?? 0);
}
