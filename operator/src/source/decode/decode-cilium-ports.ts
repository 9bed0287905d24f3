import type { Protocol } from '../../model/endpoint.ts';
import type { PortSpec, Ports } from '../../model/policy.ts';
import { greatestPort, portSpec, protocols } from './decode-ports.ts';
import { describe, type Field } from './field.ts';
import { isPortName } from './names.ts';

const mostPorts = 40;
const unsupportedProtocols: ReadonlySet<string> = new Set([
  'VRRP',
  'IGMP',
  'GRE',
  'IPIP',
  'IPV6',
  'ESP',
  'AH',
]);

/**
 * `toPorts` of one item. Absent or empty it limits nothing; an entry without ports allows no port, but its being
 * there makes the list one that limits.
 */
export function decodeCiliumPorts(field: Field): Ports {
  const entries = field.items();
  if (entries.length === 0) return { kind: 'all' };
  const ports = entries.flatMap(decodeEntry);
  return ports.length === 0 ? { kind: 'none' } : { kind: 'list', ports };
}

function decodeEntry(field: Field): readonly PortSpec[] {
  if (!field.object()) return [];
  field.object({
    known: ['ports'],
    unsupported: ['rules', 'serverNames', 'terminatingTLS', 'originatingTLS', 'listener'],
  });
  const ports = field.get('ports').items();
  if (ports.length > mostPorts)
    field.get('ports').refuse(`has ${ports.length} ports; at most ${mostPorts} are allowed`);
  return ports.flatMap(decodePort);
}

function decodePort(field: Field): readonly PortSpec[] {
  if (!field.object()) return [];
  field.object({ known: ['port', 'endPort', 'protocol'] });
  const wanted = readProtocols(field.get('protocol'));
  const range = readRange(field.get('port'), field.get('endPort'));
  return range === undefined ? [] : wanted.map((protocol) => portSpec(protocol, range));
}

function readProtocols(field: Field): readonly Protocol[] {
  if (!field.present) return protocols;
  const text = field.string();
  if (text === undefined) return [];
  if (text === 'ANY') return protocols;
  const protocol = protocols.find((name) => name === text);
  if (protocol !== undefined) return [protocol];
  if (unsupportedProtocols.has(text))
    field.refuse(`protocol ${text} is not supported by this version of Weir`);
  else field.refuse(`must be one of ${protocols.join(', ')}, ANY, is ${describe(text)}`);
  return [];
}

function readRange(port: Field, endPort: Field): Parameters<typeof portSpec>[1] | undefined {
  const end = endPort.present ? endPort.integer(0, greatestPort) : 0;
  if (port.value === undefined || port.value === '')
    return port.refuse('a port must be given; "0" means every port');
  const text = port.string();
  if (text === undefined || end === undefined) return undefined;
  if (isPortName(text)) {
    // Cilium reads it as a range in ingress and ignores it in egress.
    if (end !== 0) return endPort.refuse('endPort beside the name of a port is not supported');
    return { name: text.toLowerCase() };
  }
  const first = parsePort(text);
  if (first === undefined)
    return port.refuse(
      `must be a number from 0 to ${greatestPort} or the name of a container port, is ${describe(text)}`,
    );
  return first === 0 ? { first, last: greatestPort } : { first, last: Math.max(first, end) };
}

/** A leading zero makes the number octal, as in Cilium, which parses with Go's base 0. */
function parsePort(text: string): number | undefined {
  if (!/^(0[0-7]*|[1-9][0-9]*)$/.test(text)) return undefined;
  const port = Number.parseInt(text, text.startsWith('0') ? 8 : 10);
  return port <= greatestPort ? port : undefined;
}
