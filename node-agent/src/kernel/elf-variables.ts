import { AgentError } from '../errors.ts';

const sectionSymtab = 2;
const symbolObject = 1;

/**
 * Offsets of the variables in a section of a 64-bit little-endian ELF object (gABI chapter 4), by name. libbpf 1.1
 * has no call for it.
 */
export function elfVariables(object: Buffer, sectionName: string): ReadonlyMap<string, number> {
  if (object.length < 64 || object.readUInt32BE(0) !== 0x7f454c46 || object.readUInt8(4) !== 2)
    throw new AgentError('object', 'the object file is not a 64-bit ELF file');
  const sections = sectionTable(object);
  const names = sections[object.readUInt16LE(62)];
  const symbols = sections.find((section) => section.type === sectionSymtab);
  const strings = symbols && sections[symbols.link];
  if (!names || !symbols || !strings) throw new AgentError('object', 'the object file has no symbol table');
  const wanted = sections.findIndex((section) => text(object, names.offset + section.name) === sectionName);
  const variables = new Map<string, number>();
  for (let at = symbols.offset; at < symbols.offset + symbols.size; at += 24) {
    const isObject = (object.readUInt8(at + 4) & 15) === symbolObject;
    if (!isObject || object.readUInt16LE(at + 6) !== wanted) continue;
    variables.set(
      text(object, strings.offset + object.readUInt32LE(at)),
      Number(object.readBigUInt64LE(at + 8)),
    );
  }
  return variables;
}

interface Section {
  readonly name: number;
  readonly type: number;
  readonly offset: number;
  readonly size: number;
  readonly link: number;
}

function sectionTable(object: Buffer): readonly Section[] {
  const start = Number(object.readBigUInt64LE(40));
  const entryBytes = object.readUInt16LE(58);
  return Array.from({ length: object.readUInt16LE(60) }, (_, index) => {
    const at = start + index * entryBytes;
    return {
      name: object.readUInt32LE(at),
      type: object.readUInt32LE(at + 4),
      offset: Number(object.readBigUInt64LE(at + 24)),
      size: Number(object.readBigUInt64LE(at + 32)),
      link: object.readUInt32LE(at + 40),
    };
  });
}

const text = (object: Buffer, at: number): string => object.toString('latin1', at, object.indexOf(0, at));
