import type { PortSpec, Ports } from '../../model/policy.ts';
import { portList } from './decode-ports.ts';
import { describe, type Field } from './field.ts';
import { icmpTypes } from './icmp-types.ts';

const mostFields = 40;
const greatestType = 255;
/** What a number beyond the types means, whichever it is: no packet has it. */
const typeOfNone = 256;
const greatestNumber = 65_535;

/** `icmps` of one item. Absent or empty it limits nothing; an entry without fields allows nothing. */
export function decodeIcmps(field: Field): Ports {
  const entries = field.items();
  if (entries.length === 0) return { kind: 'all' };
  const ports = entries.flatMap(decodeEntry);
  return ports.length === 0 ? { kind: 'none' } : portList(ports);
}

function decodeEntry(field: Field): readonly PortSpec[] {
  if (!field.object()) return [];
  field.object({ known: ['fields'] });
  const items = field.get('fields').items();
  if (items.length > mostFields)
    field.get('fields').refuse(`has ${items.length} types; at most ${mostFields} are allowed`);
  return items.map(decodeType).filter((port) => port !== undefined);
}

function decodeType(field: Field): PortSpec | undefined {
  if (!field.object()) return undefined;
  field.object({ known: ['family', 'type'] });
  const family = readFamily(field.get('family'));
  const type = family && readType(field.get('type'), family);
  return family && type !== undefined ? { kind: 'icmp', family, type } : undefined;
}

function readFamily(field: Field): 4 | 6 | undefined {
  const text = field.present ? field.string() : 'IPv4';
  if (text === 'IPv4') return 4;
  if (text === 'IPv6') return 6;
  return text === undefined ? undefined : field.refuse(`must be IPv4 or IPv6, is ${describe(text)}`);
}

function readType(field: Field, family: 4 | 6): number | undefined {
  const { value } = field;
  if (typeof value === 'number') {
    const type = field.integer(0, greatestNumber);
    return type === undefined ? undefined : Math.min(type, typeOfNone);
  }
  if (typeof value === 'string') {
    if (/^(0|[1-9][0-9]{0,2})$/.test(value) && Number(value) <= greatestType) return Number(value);
    const named = icmpTypes[family].get(value);
    if (named !== undefined) return named;
  }
  return field.refuse(
    `must be a number from 0 to ${greatestType} or the name of an ICMP type of IPv${family}, is ${describe(value)}`,
  );
}
