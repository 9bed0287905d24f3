import { weir } from '@weir/proto/bundle.js';
import { readItems } from '@weir/proto/item.ts';
import type { NodeBundle } from '../bundle/node-bundle.ts';
import type { Prefix } from '../model/address.ts';

const { Entity, Verdict } = weir.bundle.v1;

export interface JudgedPacket {
  readonly uid: string;
  readonly direction: 'ingress' | 'egress';
  readonly peer: Prefix;
  /** IP protocol number. */
  readonly protocol: number;
  readonly port: number;
}

/** Reads a bundle as the protocol says: the table's first entry that matches decides, else its default. */
export class Judge {
  readonly #endpoints = new Map<string, weir.bundle.v1.IEndpoint>();
  readonly #entities = new Map<string, number>();
  /** By address. */
  readonly #identities = new Map<string, string>();
  readonly #selectors = new Map<string, weir.bundle.v1.ISelector>();
  readonly #memberships = new Set<string>();
  readonly #tables = new Map<string, weir.bundle.v1.ITable>();

  constructor({ items }: NodeBundle) {
    for (const { content } of readItems(Buffer.concat([...items.values()].map(({ field }) => field)))) {
      switch (content.kind) {
        case 1:
          this.#endpoints.set(content.message.uid ?? '', content.message);
          break;
        case 2:
          this.#entities.set(hex(content.message.key), content.message.entity ?? 0);
          break;
        case 7:
          break;
        case 3:
          this.#identities.set(hex(content.message.address), hex(content.message.identity));
          break;
        case 4:
          this.#selectors.set(hex(content.message.key), content.message);
          break;
        case 5:
          this.#memberships.add(`${hex(content.message.selector)} ${hex(content.message.identity)}`);
          break;
        case 6:
          this.#tables.set(hex(content.message.key), content.message);
          break;
      }
    }
  }

  get uids(): readonly string[] {
    return [...this.#endpoints.keys()];
  }

  verdict({ uid, direction, peer, protocol, port }: JudgedPacket): 'allow' | 'deny' {
    const endpoint = this.#endpoints.get(uid);
    const key = hex(direction === 'ingress' ? endpoint?.ingressTable : endpoint?.egressTable);
    if (key === '') return 'allow';
    const table = this.#tables.get(key);
    if (!table) throw new Error(`table ${key} is missing`);
    const matching = (table.entries ?? []).filter(({ selector, protocol: wanted, firstPort, lastPort }) => {
      if (wanted && !(wanted === protocol && (firstPort ?? 0) <= port && port <= (lastPort ?? 0)))
        return false;
      return !selector || this.#matches(hex(table.selectors?.[selector - 1]), peer);
    });
    return outcomeOf(table, matching).verdict === Verdict.VERDICT_ALLOW ? 'allow' : 'deny';
  }

  #isWorld(identity: string | undefined): boolean {
    return identity === undefined || this.#entities.get(identity) === Entity.ENTITY_KUBE_APISERVER;
  }

  #blocksConcern(selector: weir.bundle.v1.ISelector, identity: string | undefined): boolean {
    if (identity === undefined || this.#isWorld(identity)) return true;
    const entity = this.#entities.get(identity);
    const isNode = entity === Entity.ENTITY_HOST || entity === Entity.ENTITY_REMOTE_NODE;
    return (isNode ? selector.blocksMatchNodes : selector.blocksMatchPods) === true;
  }

  #matches(key: string, peer: Prefix): boolean {
    const selector = this.#selectors.get(key);
    if (!selector) throw new Error(`selector ${key} is missing`);
    const identity = this.#identities.get(hex(peer.address));
    if (selector.any || (selector.world && this.#isWorld(identity))) return true;
    if (identity !== undefined && this.#memberships.has(`${key} ${identity}`)) return true;
    if (!this.#blocksConcern(selector, identity)) return false;
    return (selector.blocks ?? []).some(
      (block) => contains(block, peer) && !block.excepts?.some((hole) => contains(hole, peer)),
    );
  }
}

/** The first entry that matches decides; after Pass, those of greater tiers only. */
function outcomeOf(
  table: weir.bundle.v1.ITable,
  matching: readonly weir.bundle.v1.IEntry[],
): weir.bundle.v1.IOutcome {
  let passed = -1;
  for (const { outcome = 0, tier } of matching) {
    const found = table.outcomes?.[outcome ?? 0];
    if (!found || (tier ?? 0) <= passed) continue;
    if (found.verdict !== Verdict.VERDICT_PASS) return found;
    passed = tier ?? 0;
  }
  return table.outcomes?.[table.defaultOutcome ?? 0] ?? {};
}

const hex = (bytes: Uint8Array | null | undefined): string => Buffer.from(bytes ?? []).toString('hex');

function contains({ address, length }: weir.bundle.v1.IExcept, peer: Prefix): boolean {
  if (address?.length !== peer.address.length) return false;
  const bits = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return bits(address).slice(0, length ?? 0) === bits(peer.address).slice(0, length ?? 0);
}
