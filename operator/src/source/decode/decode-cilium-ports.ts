import type { Protocol } from '../../model/endpoint.ts';
import type { PortSpec, Ports } from '../../model/policy.ts';
import { greatestPort, type PortRange, portList, portSpec, protocols } from './decode-ports.ts';
import { extendedProtocols } from './extended-protocols.ts';
import { describe, type Field } from './field.ts';
import { isPortName } from './names.ts';

const mostPorts = 40;

interface PortContext {
  readonly direction: 'ingress' | 'egress';
  readonly deny: boolean;
  /** Whether protocols without ports may be named. */
  readonly extendedProtocols: boolean;
}

const allowOnly = ['rules', 'serverNames', 'terminatingTLS', 'originatingTLS', 'listener'];

/**
 * `toPorts` of one item. Absent or empty it limits nothing; an entry without ports allows no port, but its being
 * there makes the list one that limits.
 */
export function decodeCiliumPorts(field: Field, context: PortContext): Ports {
  const entries = field.items();
  if (entries.length === 0) return { kind: 'all' };
  const ports = entries.flatMap((entry) => decodeEntry(entry, context));
  return ports.length === 0 ? { kind: 'none' } : portList(ports);
}

function decodeEntry(field: Field, context: PortContext): readonly PortSpec[] {
  if (!field.object()) return [];
  field.object(
    context.deny ? { known: ['ports'], judged: allowOnly } : { known: ['ports'], unsupported: allowOnly },
  );
  for (const name of context.deny ? allowOnly : [])
    if (field.get(name).present) field.get(name).refuse(`${name} can't be in a deny rule`);
  const ports = field.get('ports').items();
  if (ports.length > mostPorts)
    field.get('ports').refuse(`has ${ports.length} ports; at most ${mostPorts} are allowed`);
  return ports.flatMap((port) => decodePort(port, context));
}

function decodePort(field: Field, context: PortContext): readonly PortSpec[] {
  if (!field.object()) return [];
  field.object({ known: ['port', 'endPort', 'protocol'] });
  const text = field.get('protocol').present ? field.get('protocol').string() : 'ANY';
  if (text === undefined) return [];
  const number = extendedProtocols.get(text);
  if (number !== undefined) return decodeWhole(field, text, number, context);
  const wanted = readProtocols(text, field.get('protocol'));
  const range = readRange(field.get('port'), field.get('endPort'), context);
  return range === undefined ? [] : wanted.map((protocol) => portSpec(protocol, range));
}

/** A protocol that has no ports. */
function decodeWhole(
  field: Field,
  name: string,
  protocol: number,
  context: PortContext,
): readonly PortSpec[] {
  const port = field.get('port');
  if (port.present && port.value !== '' && port.value !== '0')
    port.refuse(`must be absent or "0": ${name} has no ports`);
  if (field.get('endPort').present) field.get('endPort').integer(0, greatestPort);
  if (!context.extendedProtocols) {
    field.get('protocol').refuse(`${name} can only be named with the setting enable-extended-ip-protocols`);
    return [];
  }
  return [{ kind: 'protocol', protocol }];
}

function readProtocols(text: string, field: Field): readonly Protocol[] {
  if (text === 'ANY') return protocols;
  const protocol = protocols.find((name) => name === text);
  if (protocol !== undefined) return [protocol];
  const known = [...protocols, ...extendedProtocols.keys(), 'ANY'];
  field.refuse(`must be one of ${known.join(', ')}, is ${describe(text)}`);
  return [];
}

function readRange(port: Field, endPort: Field, context: PortContext): PortRange | undefined {
  const end = endPort.present ? endPort.integer(0, greatestPort) : 0;
  if (port.value === undefined || port.value === '') {
    if (context.extendedProtocols) return { first: 0, last: greatestPort };
    return port.refuse('a port must be given; "0" means every port');
  }
  const text = port.string();
  if (text === undefined || end === undefined) return undefined;
  // Cilium ignores the end of a range that begins at a name in egress.
  if (isPortName(text)) return { name: text.toLowerCase(), last: context.direction === 'ingress' ? end : 0 };
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
