import type { Protocol } from '../../model/endpoint.ts';
import type { PortSpec, Ports } from '../../model/policy.ts';
import { defined } from './defined.ts';
import { describe, type Field } from './field.ts';
import { isPortName } from './names.ts';
import { SharedValues } from './shared-values.ts';

export const protocols = ['TCP', 'UDP', 'SCTP'] as const satisfies readonly Protocol[];
export const greatestPort = 65_535;

const allPorts = { first: 0, last: greatestPort };

/** A port, or what stands for several of them, before it is given protocols. */
export type PortRange =
  | { readonly first: number; readonly last: number }
  /** `last`: end of a range that begins at the named port; 0: none. */
  | { readonly name: string; readonly last: number };

export function portSpec(protocol: Protocol, range: PortRange): PortSpec {
  if ('name' in range) return { kind: 'named', protocol, name: range.name, last: range.last };
  return { kind: 'range', protocol, first: range.first, last: range.last };
}

/** NetworkPolicy's `ports` of one rule: absent or empty is every port of every protocol. */
export function decodePolicyPorts(field: Field): Ports {
  const items = field.items();
  if (items.length === 0) return { kind: 'all' };
  const ports = items.map(decodePolicyPort);
  return portList(ports);
}

const portLists = new SharedValues<Ports>(1024);

/** Clusters have few lists of ports, each many times. */
export const portList = (found: readonly (PortSpec | undefined)[]): Ports => {
  const ports = defined(found);
  return portLists.share(JSON.stringify(ports), { kind: 'list', ports });
};

function decodePolicyPort(field: Field): PortSpec | undefined {
  if (!field.object()) return undefined;
  field.object({ known: ['port', 'endPort', 'protocol'] });
  const protocol = decodeProtocol(field.get('protocol'));
  const range = readRange(field.get('port'), field.get('endPort'));
  return protocol && range && portSpec(protocol, range);
}

/** TCP where it is absent. */
export function decodeProtocol(field: Field): Protocol | undefined {
  if (!field.present) return 'TCP';
  const text = field.string();
  if (text === undefined) return undefined;
  return (
    protocols.find((name) => name === text) ??
    field.refuse(`must be one of ${protocols.join(', ')}, is ${describe(text)}`)
  );
}

function readRange(port: Field, endPort: Field): PortRange | undefined {
  if (typeof port.value === 'number') {
    const first = port.integer(1, greatestPort);
    if (first === undefined) return undefined;
    const last = endPort.present ? endPort.integer(first, greatestPort) : first;
    return last === undefined ? undefined : { first, last };
  }
  if (endPort.present) return endPort.refuse('needs a port that is a number');
  return port.present ? readName(port) : allPorts;
}

function readName(port: Field): PortRange | undefined {
  const name = typeof port.value === 'string' ? port.value : '';
  if (isPortName(name) && name === name.toLowerCase()) return { name, last: 0 };
  return port.refuse(
    `must be a number from 1 to ${greatestPort} or the name of a container port (at most 15 of a–z, 0–9 and '-', with a letter), is ${describe(port.value)}`,
  );
}
