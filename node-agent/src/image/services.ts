import type { weir } from '@weir/proto/bundle.js';
import { nameFlag } from './block-names.ts';
import { invalid } from './invalid.ts';
import type { PortClasses, PortRange } from './port-classes.ts';
import { nameOperation, prefixOperation } from './prefix-table.ts';
import type { PrefixOperations, Selectors } from './selectors.ts';
import { keyText } from './words.ts';

/** An address behind services, once for all of them. */
export interface ServiceBackend {
  readonly address: Uint8Array;
  /** The address as latin1 text. */
  readonly text: string;
  /** Peer class of the address; -1: not looked up yet. */
  peerClass: number;
  readonly services: Set<OpenService>;
}

/** A port at which packets meet a service, and where these may go. */
export interface ServiceTarget {
  readonly service: string;
  readonly ports: PortRange;
  readonly backends: readonly { readonly backend: ServiceBackend; readonly port: number }[];
}

interface OpenService {
  readonly key: string;
  readonly addresses: readonly Uint8Array[];
  /** At its own addresses, in the order of its ports. */
  readonly own: readonly OpenPort[];
  /** At the addresses of nodes. */
  readonly onNodes: readonly OpenPort[];
}

interface OpenPort {
  /** Position among the service's ports. */
  readonly order: number;
  readonly ports: PortRange;
  readonly backends: ServiceTarget['backends'];
}

/** An address with services of its own: a block that has an element in the sets that tell slots apart. */
interface ServiceAddress {
  readonly element: number;
  readonly address: Uint8Array;
  readonly services: Set<OpenService>;
}

const families = [4, 6] as const;
const everybody = nameFlag.pods | nameFlag.nodes;

/**
 * The services of the bundle. Each of their addresses is a slot of its own, marked by an element (an odd number that
 * is no selector's), and so are the nodes' addresses while there are node ports; what a marked class may reach at the
 * services' ports follows from their backends.
 */
export class Services {
  readonly #selectors: Selectors;
  readonly #operations: PrefixOperations;
  readonly #ports: PortClasses;
  readonly #byKey = new Map<string, OpenService>();
  readonly #addresses = new Map<string, ServiceAddress>();
  readonly #byElement = new Map<number, ServiceAddress>();
  readonly #backends = new Map<string, ServiceBackend>();
  readonly #onNodes = new Set<OpenService>();
  readonly #nodeElements: Readonly<Record<4 | 6, number>>;
  readonly #dirty = new Set<number>();
  /** Of elements that are asked for together; forgotten with the next change. */
  readonly #targets = new Map<string, readonly ServiceTarget[]>();

  constructor(selectors: Selectors, operations: PrefixOperations, ports: PortClasses) {
    this.#selectors = selectors;
    this.#operations = operations;
    this.#ports = ports;
    this.#nodeElements = { 4: selectors.newMarker(), 6: selectors.newMarker() };
  }

  /** Marks the addresses of nodes; undefined: there are no node ports. */
  nodeElement(family: 4 | 6): number | undefined {
    return this.#onNodes.size > 0 ? this.#nodeElements[family] : undefined;
  }

  upsert(message: weir.bundle.v1.IService): void {
    const key = message.key ?? '';
    const former = this.#byKey.get(key);
    this.#targets.clear();
    const service = this.#open(key, message);
    this.#byKey.set(key, service);
    for (const address of service.addresses) this.#addAddress(address, service);
    if (service.onNodes.length > 0) this.#onNodes.add(service);
    this.#touch(service);
    // Last, so that what stays the same keeps its elements and ports.
    if (former) this.#close(former);
  }

  remove(key: string): void {
    const service = this.#byKey.get(key);
    if (!service) return;
    this.#byKey.delete(key);
    this.#close(service);
  }

  #close(service: OpenService): void {
    this.#targets.clear();
    this.#touch(service);
    this.#onNodes.delete(service);
    for (const address of service.addresses) this.#removeAddress(address, service);
    for (const { ports, backends } of [...service.own, ...service.onNodes]) {
      this.#ports.unuse(ports);
      for (const { backend } of backends) this.#leaveBackend(backend, service);
    }
  }

  /**
   * Looks up the classes of backends, of all where addresses or slots may have `moved`; `isNew`: a class that may mean
   * something else than before.
   */
  resolve(
    moved: boolean,
    classAt: (address: Uint8Array) => number,
    isNew: (peerClass: number) => boolean,
  ): void {
    for (const backend of this.#backends.values()) {
      if (!moved && backend.peerClass >= 0) continue;
      const peerClass = classAt(backend.address);
      if (peerClass === backend.peerClass && !isNew(peerClass)) continue;
      backend.peerClass = peerClass;
      for (const service of backend.services) this.#touch(service);
    }
  }

  /** Elements whose targets lead somewhere else since the last call. */
  takeDirty(): ReadonlySet<number> {
    const dirty = new Set(this.#dirty);
    this.#dirty.clear();
    return dirty;
  }

  /** The targets of a class with these elements; of two services with one port the lesser key has it. */
  targetsOf(elements: readonly number[]): readonly ServiceTarget[] {
    const key = elements.join();
    let known = this.#targets.get(key);
    if (!known) {
      known = this.#findTargets(elements);
      this.#targets.set(key, known);
    }
    return known;
  }

  #findTargets(elements: readonly number[]): readonly ServiceTarget[] {
    const targets = elements.flatMap((element) => this.#targetsAt(element));
    targets.sort((a, b) => (a.service < b.service ? -1 : a.service > b.service ? 1 : a.order - b.order));
    const first = new Map<PortRange, ServiceTarget>();
    for (const target of targets) if (!first.has(target.ports)) first.set(target.ports, target);
    return [...first.values()];
  }

  /** Elements of the services that the address is behind. */
  elementsBehind(address: Uint8Array): ReadonlySet<number> {
    const backend = this.#backends.get(keyText(address));
    return new Set([...(backend?.services ?? [])].flatMap((service) => [...this.#elementsOf(service)]));
  }

  #open(key: string, message: weir.bundle.v1.IService): OpenService {
    const own: OpenPort[] = [];
    const onNodes: OpenPort[] = [];
    const service = { key, addresses: message.addresses ?? [], own, onNodes };
    for (const [order, { protocol, port, nodePort, backends }] of (message.ports ?? []).entries()) {
      const open = (number: number): OpenPort => ({
        order,
        ports: this.#ports.use(protocol ?? 0, number, number),
        backends: (backends ?? []).map((one) => ({
          backend: this.#enterBackend(one.address ?? new Uint8Array(), service),
          port: one.port ?? 0,
        })),
      });
      if (service.addresses.length > 0) own.push(open(port ?? 0));
      if (nodePort) onNodes.push(open(nodePort));
    }
    return service;
  }

  #enterBackend(address: Uint8Array, service: OpenService): ServiceBackend {
    const text = keyText(address);
    let backend = this.#backends.get(text);
    if (!backend) {
      backend = { address, text, peerClass: -1, services: new Set() };
      this.#backends.set(text, backend);
    }
    backend.services.add(service);
    return backend;
  }

  #leaveBackend(backend: ServiceBackend, service: OpenService): void {
    backend.services.delete(service);
    if (backend.services.size === 0) this.#backends.delete(backend.text);
  }

  #addAddress(address: Uint8Array, service: OpenService): void {
    const text = keyText(address);
    let known = this.#addresses.get(text);
    if (!known) {
      known = { element: this.#selectors.newMarker(), address, services: new Set() };
      this.#addresses.set(text, known);
      this.#byElement.set(known.element, known);
      this.#name(known, prefixOperation.addName);
    }
    known.services.add(service);
  }

  #removeAddress(address: Uint8Array, service: OpenService): void {
    const text = keyText(address);
    const known = this.#addresses.get(text);
    known?.services.delete(service);
    if (!known || known.services.size > 0) return;
    this.#addresses.delete(text);
    this.#byElement.delete(known.element);
    this.#name(known, prefixOperation.removeName);
  }

  #name({ address, element }: ServiceAddress, operation: number): void {
    if (address.length !== 4 && address.length !== 16)
      throw invalid('an address of a service is neither IPv4 nor IPv6', keyText(address));
    const operations = this.#operations[address.length === 4 ? 4 : 6];
    operations.pushBytes(address, address.length * 8, nameOperation(operation, everybody), element);
  }

  #touch(service: OpenService): void {
    for (const element of this.#elementsOf(service)) this.#dirty.add(element);
  }

  *#elementsOf({ addresses, onNodes }: OpenService): Generator<number> {
    for (const address of addresses) {
      const known = this.#addresses.get(keyText(address));
      if (known) yield known.element;
    }
    if (onNodes.length > 0) for (const family of families) yield this.#nodeElements[family];
  }

  #targetsAt(element: number): readonly (ServiceTarget & { readonly order: number })[] {
    const known = this.#byElement.get(element);
    if (known)
      return [...known.services].flatMap((service) => targets(service, service.own, known.address.length));
    const family = families.find((each) => this.#nodeElements[each] === element);
    const length = family === 4 ? 4 : 16;
    return [...this.#onNodes].flatMap((service) => targets(service, service.onNodes, length));
  }
}

/** A packet meets the backends of its own family. */
const targets = ({ key }: OpenService, ports: readonly OpenPort[], length: number) =>
  ports.map(({ order, ports: range, backends }) => ({
    service: key,
    order,
    ports: range,
    backends: backends.filter(({ backend }) => backend.address.length === length),
  }));
