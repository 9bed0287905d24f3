import { endpointFlag, endpointLayout, endpointPlace, endpointProbes } from '../image/layout.ts';

const { size, offsets } = endpointLayout;

/**
 * The same interfaces in a larger table. Doubling a table never makes a look-up longer than it was, so whatever
 * fitted fits again. Both lengths are a power of two of elements.
 */
export function widenEndpoints(table: Uint8Array, bytes: number): Uint8Array {
  if (table.length >= bytes) return table;
  const wide = Buffer.alloc(bytes);
  const from = Buffer.from(table.buffer, table.byteOffset, table.length);
  const places = bytes / size;
  const bits = Math.log2(places);
  for (let at = 0; at < from.length; at += size) {
    const ifindex = from.readUInt32LE(at + offsets.ifindex);
    if (ifindex === 0) continue;
    for (let probe = 0; probe < endpointProbes; probe++) {
      const place = ((endpointPlace(ifindex, bits) + probe) % places) * size;
      if (wide.readUInt32LE(place + offsets.ifindex) !== 0) continue;
      from.copy(wide, place, at, at + size);
      break;
    }
  }
  return wide;
}

/** What the agent must know again after a restart of each interface that is governed. */
export interface InstalledEndpoint {
  readonly ifindex: number;
  /** Number of the interface, never used again. */
  readonly instance: number;
  /** Seconds of CLOCK_MONOTONIC. */
  readonly adoptUntil: number;
  /** Of the uid of its endpoint, see ownerOf; 0 where it is closed, and in what older agents have written. */
  readonly owner: number;
  /** Nothing is dropped there. */
  readonly observe: boolean;
  /** Nothing passes there. */
  readonly closed: boolean;
}

/** The interfaces in a table, by ifindex. */
export function installedEndpoints(table: Uint8Array): readonly InstalledEndpoint[] {
  const bytes = Buffer.from(table.buffer, table.byteOffset, table.length);
  const found: InstalledEndpoint[] = [];
  for (let at = 0; at < bytes.length; at += size) {
    const ifindex = bytes.readUInt32LE(at + offsets.ifindex);
    if (ifindex === 0) continue;
    const flags = bytes.readUInt32LE(at + offsets.flags);
    found.push({
      ifindex,
      instance: bytes.readUInt32LE(at + offsets.instance),
      adoptUntil: bytes.readUInt32LE(at + offsets.adopt_until),
      owner: bytes.readUInt32LE(at + offsets.owner),
      observe: (flags & endpointFlag.observe) !== 0,
      closed: (flags & endpointFlag.closed) !== 0,
    });
  }
  return found.sort((a, b) => a.ifindex - b.ifindex);
}
