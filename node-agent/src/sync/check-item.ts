import { weir } from '@weir/proto/bundle.js';
import type { ItemMessage } from '@weir/proto/item.ts';
import { AgentError } from '../errors.ts';
import { limits } from './limits.ts';

type Wire = typeof weir.bundle.v1;
type Of<
  Name extends 'Endpoint' | 'Identity' | 'Prefix' | 'Selector' | 'Membership' | 'Table' | 'Service' | 'Mode',
> = InstanceType<Wire[Name]>;

/** An item whose fields are within what they can mean; decoded, so that no field is missing. */
export type CheckedItem =
  | { readonly kind: 1; readonly message: Of<'Endpoint'> }
  | { readonly kind: 2; readonly message: Of<'Identity'> }
  | { readonly kind: 3; readonly message: Of<'Prefix'> }
  | { readonly kind: 4; readonly message: Of<'Selector'> }
  | { readonly kind: 5; readonly message: Of<'Membership'> }
  | { readonly kind: 6; readonly message: Of<'Table'> }
  | { readonly kind: 7; readonly message: Of<'Service'> }
  | { readonly kind: 8; readonly message: Of<'Mode'> };

const v1 = weir.bundle.v1;
const { Direction, Entity, Verdict } = v1;

/** Checks one item by itself; throws an AgentError `sync-violation` that says what is wrong. */
export function checkItem({ kind, message }: ItemMessage): CheckedItem {
  const checked = checkMessage(message);
  if (checked?.kind !== kind) throw new AgentError('sync-violation', `item of kind ${kind} is not decoded`);
  return checked;
}

function checkMessage(message: ItemMessage['message']): CheckedItem | undefined {
  if (message instanceof v1.Endpoint) return { kind: 1, message: checkEndpoint(message) };
  if (message instanceof v1.Identity) return { kind: 2, message: checkIdentity(message) };
  if (message instanceof v1.Prefix) return { kind: 3, message: checkPrefix(message) };
  if (message instanceof v1.Selector) return { kind: 4, message: checkSelector(message) };
  if (message instanceof v1.Membership) return { kind: 5, message: checkMembership(message) };
  if (message instanceof v1.Table) return { kind: 6, message: checkTable(message) };
  if (message instanceof v1.Service) return { kind: 7, message: checkService(message) };
  return message instanceof v1.Mode ? { kind: 8, message } : undefined;
}

function require(holds: boolean, problem: string): asserts holds {
  if (!holds) throw new AgentError('sync-violation', problem);
}

const isKey = (key: Uint8Array): boolean => key.length === 16;
const isKeyOrNone = (key: Uint8Array): boolean => key.length === 16 || key.length === 0;
const isText = (text: string): boolean => text.length <= limits.text;

function checkEndpoint(endpoint: Of<'Endpoint'>): Of<'Endpoint'> {
  const { uid, namespace, name, addresses, identity, ingressTable, egressTable } = endpoint;
  require(uid !== '' && isText(uid) && isText(namespace) && isText(name), 'endpoint: text of wrong length');
  const lengths = addresses.map((address) => address.length);
  require(lengths.every(isAddressLength), 'endpoint: address of neither family');
  require(new Set(lengths).size === lengths.length, 'endpoint: two addresses of one family');
  require(isKey(identity), 'endpoint: identity is no key');
  require(isKeyOrNone(ingressTable) && isKeyOrNone(egressTable), 'endpoint: table is no key');
  return endpoint;
}

function checkIdentity(identity: Of<'Identity'>): Of<'Identity'> {
  const { key, number, entity, labels } = identity;
  require(isKey(key), 'identity: bad key');
  require(number !== 0, 'identity: number 0');
  require(entity !== Entity.ENTITY_UNSPECIFIED &&
    Entity[entity] !== undefined, `identity: unknown entity ${entity}`);
  require(labels.length <= limits.labels && labels.every(isText), 'identity: too many or too long labels');
  return identity;
}

function checkPrefix(prefix: Of<'Prefix'>): Of<'Prefix'> {
  checkBlock('prefix', prefix.address, prefix.length);
  require(isKey(prefix.identity), 'prefix: identity is no key');
  return prefix;
}

function checkSelector(selector: Of<'Selector'>): Of<'Selector'> {
  require(isKey(selector.key) && isText(selector.text), 'selector: bad key or text');
  require(selector.blocks.length <= limits.list, 'selector: too many blocks');
  for (const block of selector.blocks) {
    const { address = none, length = 0, excepts = [] } = block;
    checkBlock('block', address ?? none, length ?? 0);
    require((excepts ?? []).length <= limits.list, 'block: too many excepts');
    for (const except of excepts ?? []) {
      checkBlock('except', except.address ?? none, except.length ?? 0);
      require(isInside(except.address ?? none, address ?? none, length ?? 0), 'except: outside its block');
      require((except.length ?? 0) >= (length ?? 0), 'except: greater than its block');
    }
  }
  return selector;
}

function checkMembership(membership: Of<'Membership'>): Of<'Membership'> {
  require(isKey(membership.selector) && isKey(membership.identity), 'membership: bad key');
  return membership;
}

function checkTable(table: Of<'Table'>): Of<'Table'> {
  const { key, direction, entries, outcomes, selectors, defaultOutcome } = table;
  require(isKey(key), 'table: bad key');
  require(direction === Direction.DIRECTION_INGRESS ||
    direction === Direction.DIRECTION_EGRESS, `table: unknown direction ${direction}`);
  require(Math.max(entries.length, outcomes.length, selectors.length) <=
    limits.list, 'table: too many entries, outcomes or selectors');
  require(selectors.every(isKey), 'table: selector is no key');
  for (const outcome of outcomes) checkOutcome(outcome);
  const last = outcomes[defaultOutcome];
  require(last !== undefined, `table: no outcome ${defaultOutcome}`);
  require(last.verdict !==
    Verdict.VERDICT_PASS, 'table: the default outcome passes to a tier that is not there');
  checkEntries(entries, selectors.length, outcomes.length);
  return table;
}

function checkService(service: Of<'Service'>): Of<'Service'> {
  const { key, addresses, ports } = service;
  require(key !== '' && isText(key), 'service: text of wrong length');
  require(Math.max(addresses.length, ports.length) <= limits.list, 'service: too many addresses or ports');
  require(addresses.every(({ length }) => isAddressLength(length)), 'service: address of neither family');
  for (const port of ports) checkServicePort(port);
  return service;
}

const isPort = (port: number | null | undefined): boolean => Boolean(port) && (port ?? 0) <= 65_535;

function checkServicePort({
  protocol,
  port,
  nodePort,
  backends,
}: weir.bundle.v1.ServicePort.$Properties): void {
  require(Boolean(protocol) && (protocol ?? 0) <= 255, `service: protocol ${protocol ?? 0}`);
  require(isPort(port), `service: port ${port ?? 0}`);
  require((nodePort ?? 0) <= 65_535, `service: node port ${nodePort}`);
  require((backends ?? []).length <= limits.list, 'service: too many backends');
  for (const backend of backends ?? []) {
    require(isAddressLength(backend.address?.length ?? 0), 'backend: address of neither family');
    require(isPort(backend.port), `backend: port ${backend.port ?? 0}`);
  }
}

function checkOutcome({ cookie, verdict, origins, log }: weir.bundle.v1.Outcome.$Properties): void {
  require(Boolean(cookie), 'outcome: cookie 0');
  require(Boolean(verdict) && Verdict[verdict ?? 0] !== undefined, `outcome: unknown verdict ${verdict}`);
  require((origins ?? []).length <= limits.list, 'outcome: too many origins');
  require((log ?? '').length <= limits.log, 'outcome: log too long');
  for (const { kind, namespace, name, rule } of origins ?? []) {
    require([kind, namespace, name, rule].every((text) => isText(text ?? '')), 'origin: text too long');
  }
}

function checkEntries(
  entries: readonly weir.bundle.v1.Entry.$Properties[],
  selectors: number,
  outcomes: number,
): void {
  let tier = 0;
  for (const entry of entries) {
    require((entry.selector ?? 0) <= selectors, `entry: no selector ${entry.selector}`);
    require((entry.protocol ?? 0) <= 255, `entry: protocol ${entry.protocol}`);
    const first = entry.firstPort ?? 0;
    const last = entry.lastPort ?? 0;
    require(first <= last && last <= 65_535, `entry: ports ${first} to ${last}`);
    require((entry.outcome ?? 0) < outcomes, `entry: no outcome ${entry.outcome}`);
    require((entry.tier ?? 0) >= tier, 'entry: tiers do not ascend');
    tier = entry.tier ?? 0;
  }
}

const none = new Uint8Array();

const isAddressLength = (length: number): boolean => length === 4 || length === 16;

/** No text is made unless it is needed: there may be a million of them. */
function checkBlock(what: string, address: Uint8Array, length: number): void {
  if (isAddressLength(address.length) && length <= address.length * 8 && hostBitsZero(address, length))
    return;
  throw new AgentError('sync-violation', `${what}: bad address, bad length or host bits that are not zero`);
}

function hostBitsZero(address: Uint8Array, length: number): boolean {
  const whole = length >> 3;
  if (whole < address.length && ((address[whole] ?? 0) & (0xff >> (length & 7))) !== 0) return false;
  for (let at = whole + 1; at < address.length; at++) if (address[at] !== 0) return false;
  return true;
}

/** Same family, and the first `length` bits are the block's. */
function isInside(address: Uint8Array, block: Uint8Array, length: number): boolean {
  if (address.length !== block.length) return false;
  const whole = length >> 3;
  for (let at = 0; at < whole; at++) if (address[at] !== block[at]) return false;
  const differ = (address[whole] ?? 0) ^ (block[whole] ?? 0);
  return differ >> (8 - (length & 7)) === 0;
}
