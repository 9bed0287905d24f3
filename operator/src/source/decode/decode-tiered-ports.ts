import type { Protocol } from '../../model/endpoint.ts';
import type { PortSpec, Ports } from '../../model/policy.ts';
import { greatestPort, portList, protocols } from './decode-ports.ts';
import { describe, type Field } from './field.ts';
import { isPortName } from './names.ts';

const mostEntries = 25;

const fields = [
  ['tcp', 'TCP'],
  ['udp', 'UDP'],
  ['sctp', 'SCTP'],
] as const satisfies readonly (readonly [string, Protocol])[];
const names = [...fields.map(([name]) => name), 'destinationNamedPort'];

/** `protocols` of one rule of a ClusterNetworkPolicy: absent is every protocol. */
export function decodeTieredPorts(field: Field): Ports {
  if (!field.present) return { kind: 'all' };
  const items = field.items();
  if (items.length === 0) field.refuse('must have at least one entry, or be left out');
  if (items.length > mostEntries)
    field.refuse(`has ${items.length} entries; at most ${mostEntries} are allowed`);
  return portList(items.flatMap(decodeEntry));
}

function decodeEntry(field: Field): readonly PortSpec[] {
  if (!field.object()) return [];
  field.object({ known: names });
  const given = names.filter((name) => field.get(name).present);
  if (given.length !== 1) {
    field.refuse(`must have one of ${names.join(', ')}, has ${given.join(' and ') || 'none'}`);
    return [];
  }
  const named = field.get('destinationNamedPort');
  if (named.present) return decodeName(named);
  return fields
    .filter(([name]) => field.get(name).present)
    .flatMap(([name, protocol]) => decodeProtocol(field.get(name), protocol));
}

/** A port of that name under any protocol: which one it is, the pod says. */
function decodeName(field: Field): readonly PortSpec[] {
  const name = field.string();
  if (name === undefined) return [];
  if (!isPortName(name)) {
    field.refuse(`${describe(name)} can't be the name of a container port`);
    return [];
  }
  return protocols.map((protocol) => ({ kind: 'named', protocol, name, last: 0 }));
}

function decodeProtocol(field: Field, protocol: Protocol): readonly PortSpec[] {
  if (!field.object()) return [];
  field.object({ known: ['destinationPort'] });
  const port = field.get('destinationPort');
  if (!port.object()) return [];
  port.object({ known: ['number', 'range'] });
  const [number, range] = [port.get('number'), port.get('range')];
  if (number.present === range.present) {
    port.refuse('must have one of number, range');
    return [];
  }
  const limits = number.present ? readNumber(number) : readRange(range);
  return limits === undefined ? [] : [{ kind: 'range', protocol, ...limits }];
}

type Limits = { readonly first: number; readonly last: number };

function readNumber(field: Field): Limits | undefined {
  const port = field.integer(1, greatestPort);
  return port === undefined ? undefined : { first: port, last: port };
}

function readRange(field: Field): Limits | undefined {
  if (!field.object()) return undefined;
  field.object({ known: ['start', 'end'] });
  const first = field.get('start').integer(1, greatestPort);
  const last = field.get('end').integer(1, greatestPort);
  if (first === undefined || last === undefined) return undefined;
  return first < last ? { first, last } : field.refuse('must have a start that is less than its end');
}
