import type { weir } from '@weir/proto/bundle.js';
import { type ItemMessage, itemKind } from '@weir/proto/item.ts';
import type { Bundle, BundleChange } from '../bundle.ts';
import { BlockNames, baseBlock } from './block-names.ts';
import { Classes, type Signature } from './classes.ts';
import { CookieOutcomes } from './cookie-outcomes.ts';
import { endpointBits, type PlacedEndpoint, placeEndpoints } from './endpoint-places.ts';
import { IdSets, type SetId } from './id-sets.ts';
import { Identities, type Identity, type Owner } from './identities.ts';
import type { Binding, Image } from './image.ts';
import { invalid } from './invalid.ts';
import { KeyList } from './key-list.ts';
import { valueIndex } from './layout.ts';
import { closeTable, openTable } from './policy-table.ts';
import { PortClasses } from './port-classes.ts';
import { PrefixTable, prefixOperation } from './prefix-table.ts';
import { type Computed, Rows } from './rows.ts';
import { Selectors } from './selectors.ts';
import { Services } from './services.ts';
import { hostIdentity, Slots, worldIdentity } from './slots.ts';
import { Trie } from './trie.ts';
import { at, imageBytes, keyText } from './words.ts';

/** Dependencies first. */
const order = [
  itemKind.identity,
  itemKind.selector,
  itemKind.table,
  itemKind.membership,
  itemKind.prefix,
  itemKind.service,
] as const;

/** All that is known about one bundle, and the words that say it. After an error it can't be used further. */
export class ImageState {
  readonly sets = new IdSets();
  readonly names = new BlockNames();
  readonly slots = new Slots();
  readonly identities = new Identities();
  readonly cookies = new CookieOutcomes();
  readonly #operations = { 4: new KeyList(1), 6: new KeyList(4) } as const;
  readonly #selectors = new Selectors(this.sets, this.slots, this.#operations);
  readonly #meaning = {
    names: this.names,
    slots: this.slots,
    sets: this.sets,
    isOfWorld: (identity: number) => this.identities.ownerAt(identity) === 'world',
  };
  readonly tables = {
    4: new PrefixTable(1, baseBlock[4], this.#meaning),
    6: new PrefixTable(4, baseBlock[6], this.#meaning),
  } as const;
  readonly #tries = {
    4: new Trie(this.tables[4].columns),
    6: new Trie(this.tables[6].columns),
  } as const;
  readonly #classes = new Classes();
  readonly #ports = new PortClasses();
  readonly #services = new Services(this.#selectors, this.#operations, this.#ports);
  readonly #rows = new Rows({
    sets: this.sets,
    classes: this.#classes,
    ports: this.#ports,
    services: this.#services,
  });
  /** Whether the addresses of nodes are marked for node ports. */
  #nodePorts = false;
  readonly #gone: Identity[] = [];
  #locals = new Set<string>();
  #classWords = new Uint16Array(64);
  #endpointBits: number;

  constructor(leastEndpointBits: number) {
    this.#endpointBits = leastEndpointBits;
  }

  /** Bits of the endpoint array, which never gets smaller. */
  get endpointBits(): number {
    return this.#endpointBits;
  }

  load(bundle: Bundle, bindings: readonly Binding[], localAddresses: readonly Uint8Array[]): Image {
    for (const identity of bundle.identities.values()) this.identities.upsert(identity);
    for (const selector of bundle.selectors.values()) this.#selectors.upsert(selector);
    for (const table of bundle.tables.values()) this.#upsertTable(table);
    for (const membership of bundle.memberships.values()) this.#upsertMembership(membership);
    for (const prefix of bundle.prefixes.values()) this.#upsertPrefix(prefix);
    for (const service of bundle.services.values()) this.#services.upsert(service);
    return this.#finish(bundle, bindings, localAddresses);
  }

  change(change: BundleChange, bindings: readonly Binding[], localAddresses: readonly Uint8Array[]): Image {
    for (const kind of order) for (const item of change.upserts) if (item.kind === kind) this.#upsert(item);
    for (const kind of [...order].reverse())
      for (const item of change.removes) if (item.kind === kind) this.#remove(kind, keyText(item.key));
    return this.#finish(change.bundle, bindings, localAddresses);
  }

  #upsert(item: ItemMessage): void {
    switch (item.kind) {
      case itemKind.endpoint:
      case itemKind.mode:
        return;
      case itemKind.service:
        this.#services.upsert(item.message);
        return;
      case itemKind.identity:
        this.identities.upsert(item.message);
        return;
      case itemKind.prefix:
        this.#upsertPrefix(item.message);
        return;
      case itemKind.selector:
        this.#selectors.upsert(item.message);
        return;
      case itemKind.membership:
        this.#upsertMembership(item.message);
        return;
      case itemKind.table:
        this.#upsertTable(item.message);
        return;
    }
  }

  #remove(kind: (typeof order)[number], key: string): void {
    switch (kind) {
      case itemKind.identity: {
        const identity = this.identities.remove(key);
        if (identity) this.#gone.push(identity);
        return;
      }
      case itemKind.prefix:
        this.#pushPrefix(Buffer.from(key.slice(0, -1), 'latin1'), key.charCodeAt(key.length - 1), 0, key);
        return;
      case itemKind.selector:
        this.#selectors.remove(key);
        return;
      case itemKind.membership: {
        const identity = this.identities.find(key.slice(16));
        if (identity) this.#selectors.setMember(key.slice(0, 16), identity, false);
        return;
      }
      case itemKind.table:
        this.#removeTable(key);
        return;
      case itemKind.service:
        this.#services.remove(Buffer.from(key, 'latin1').toString());
        return;
    }
  }

  #upsertPrefix(prefix: weir.bundle.v1.IPrefix): void {
    const identity = this.identities.get(keyText(prefix.identity), 'prefix');
    this.#pushPrefix(prefix.address ?? new Uint8Array(), prefix.length ?? 0, identity.index, identity.key);
  }

  #pushPrefix(address: Uint8Array, length: number, identity: number, key: string): void {
    if ((address.length !== 4 && address.length !== 16) || length > address.length * 8)
      throw invalid(`a prefix of ${address.length} bytes and ${length} bits`, key);
    const operations = this.#operations[address.length === 4 ? 4 : 6];
    operations.pushBytes(address, length, prefixOperation.identity, identity);
  }

  #upsertMembership(membership: weir.bundle.v1.IMembership): void {
    const identity = this.identities.get(keyText(membership.identity), 'membership');
    this.#selectors.setMember(keyText(membership.selector), identity, true);
  }

  #upsertTable(message: weir.bundle.v1.ITable): void {
    const table = openTable(message, this.#selectors, this.#ports);
    this.#removeTable(table.key);
    this.cookies.add(message);
    this.#rows.add(table);
  }

  #removeTable(key: string): void {
    const table = this.#rows.table(key);
    if (!table) return;
    this.cookies.remove(table.message);
    closeTable(table, this.#selectors, this.#ports);
    this.#rows.remove(key);
  }

  #setLocals(localAddresses: readonly Uint8Array[]): void {
    const next = new Set(localAddresses.map(keyText));
    const push = (key: string, value: number) => {
      const address = Buffer.from(key, 'latin1');
      if (address.length !== 4 && address.length !== 16)
        throw invalid(`an address of this node has ${address.length} bytes`, key);
      const operations = this.#operations[address.length === 4 ? 4 : 6];
      operations.pushBytes(address, address.length * 8, prefixOperation.local, value);
    };
    for (const key of this.#locals) if (!next.has(key)) push(key, 0);
    for (const key of next) if (!this.#locals.has(key)) push(key, 1);
    this.#locals = next;
  }

  #finish(bundle: Bundle, bindings: readonly Binding[], localAddresses: readonly Uint8Array[]): Image {
    this.#setLocals(localAddresses);
    this.#selectors.check();
    const changed = {
      4: this.tables[4].apply(this.#operations[4]),
      6: this.tables[6].apply(this.#operations[6]),
    };
    this.#checkGone();
    this.#markNodes();
    const moved = this.#classify();
    this.#resolveServices(moved.length > 0 || changed[4].size > 0 || changed[6].size > 0);
    if (this.#selectors.revised) this.#rows.forgetMatches();
    const computed = this.#rows.compute();
    const endpoint = this.#placeEndpoints(bundle, bindings, computed);
    for (const family of [4, 6] as const)
      if (changed[family].size > 0) this.#tries[family].update(this.tables[family].columns, changed[family]);
    this.#writeClasses(moved);
    this.#rows.write(computed);
    this.#settle();
    return this.#image(endpoint);
  }

  /** Node ports come and go at the addresses of all nodes at once. */
  #markNodes(): void {
    const nodePorts = this.#services.nodeElement(4) !== undefined;
    if (nodePorts === this.#nodePorts) return;
    this.#nodePorts = nodePorts;
    for (const node of this.identities.nodes()) {
      for (const slot of this.slots.of(node)) this.slots.touch(slot);
    }
  }

  #resolveServices(moved: boolean): void {
    const classAt = (address: Uint8Array): number => {
      const value = this.tables[address.length === 4 ? 4 : 6].valueAt(address);
      return this.#classes.ofSlot(value & valueIndex);
    };
    const { created } = this.#classes;
    this.#services.resolve(moved, classAt, (number) => created.has(number));
  }

  #checkGone(): void {
    for (const { index, key } of this.#gone.splice(0)) {
      if (index === hostIdentity) continue;
      for (const { columns } of [this.tables[4], this.tables[6]])
        if (columns.identity.subarray(0, columns.size).includes(index))
          throw invalid('a prefix names an identity that is not in the bundle', key);
    }
  }

  #signature(slot: number): Signature {
    const identity = at(this.slots.identity, slot);
    const block = at(this.slots.block, slot);
    if (identity === worldIdentity)
      return { world: true, set: this.#selectors.plain(this.names.worldSet(block)) };
    const owner = this.identities.ownerAt(identity);
    const blocks = this.#selectors.plain(this.#blockSet(owner, block));
    const set = this.sets.union(this.#selectors.identitySet(identity), blocks);
    const marker = owner === 'nodes' ? this.#services.nodeElement(this.names.family(block)) : undefined;
    return { world: owner === 'world', set: marker === undefined ? set : this.sets.add(set, marker) };
  }

  #blockSet(owner: Owner, block: number): SetId {
    switch (owner) {
      case 'world':
        return this.names.worldSet(block);
      case 'pods':
        return this.names.podSet(block);
      case 'nodes':
        return this.names.nodeSet(block);
    }
  }

  /** Gives the slots whose class may be another, each with its class. */
  #classify(): readonly (readonly [number, number])[] {
    const moved: [number, number][] = [];
    for (const slot of this.slots.dirty) {
      const number = this.#classes.assign(slot, this.slots.isUsed(slot) ? this.#signature(slot) : undefined);
      if (number >= 0) moved.push([slot, number]);
    }
    return moved;
  }

  #writeClasses(moved: readonly (readonly [number, number])[]): void {
    if (this.slots.size > this.#classWords.length) {
      const larger = new Uint16Array((Math.max(this.slots.size, this.#classWords.length * 2) + 3) & ~3);
      larger.set(this.#classWords);
      this.#classWords = larger;
    }
    for (const [slot, number] of moved) this.#classWords[slot] = number;
  }

  #placeEndpoints(bundle: Bundle, bindings: readonly Binding[], computed: Computed): Uint8Array {
    const placed: PlacedEndpoint[] = [];
    for (const binding of bindings) {
      if (binding.closed) {
        placed.push({ binding, endpoint: undefined, egress: 0, ingress: 0 });
        continue;
      }
      const endpoint = bundle.endpoints.get(keyText(Buffer.from(binding.uid)));
      if (!endpoint) continue;
      const { addresses } = endpoint;
      const egress = this.#rows.base(keyText(endpoint.egressTable), addresses, computed);
      const ingress = this.#rows.base(keyText(endpoint.ingressTable), addresses, computed);
      if (egress === undefined || ingress === undefined)
        throw invalid('an endpoint names a table that is not in the bundle', binding.uid);
      placed.push({ binding, endpoint, egress, ingress });
    }
    const endpoints = placeEndpoints(placed, this.#endpointBits);
    this.#endpointBits = endpointBits(endpoints);
    return endpoints;
  }

  #settle(): void {
    this.#operations[4].clear();
    this.#operations[6].clear();
    this.#selectors.settle();
    this.slots.settle();
    this.names.settle();
    this.#classes.settle();
    this.sets.forget();
  }

  #image(endpoint: Uint8Array): Image {
    const { rowidx, row, outcome } = this.#rows;
    return {
      endpoint,
      root4: this.#tries[4].root,
      node4: this.#tries[4].nodes,
      root6: this.#tries[6].root,
      node6: this.#tries[6].nodes,
      class: imageBytes(this.#classWords, this.slots.size),
      portcls: imageBytes(this.#ports.words, this.#ports.words.length),
      rowidx: imageBytes(rowidx.words, rowidx.length),
      row: imageBytes(row.words, row.length),
      outcome: imageBytes(outcome.words, outcome.length),
    };
  }
}
