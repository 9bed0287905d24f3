export const IPPROTO_SCTP = 132;

const chunkTypes = { init: 1, 'init-ack': 2, abort: 6 } as const;

const crcTable = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0x82f6_3b78 : value >>> 1;
  return value >>> 0;
});

/** CRC32c of RFC 9260 appendix A. */
function crc32c(bytes: Uint8Array): number {
  let crc = 0xffff_ffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ (crcTable[(crc ^ byte) & 255] ?? 0);
  return ~crc >>> 0;
}

export interface SctpPacket {
  readonly source: number;
  readonly destination: number;
  /** 0 in an INIT, else the tag that the peer sent in its INIT. */
  readonly verificationTag: number;
  readonly chunk: keyof typeof chunkTypes;
  /** Initiate tag of an INIT or INIT ACK; 0 in an ABORT. */
  readonly tag: number;
}

/**
 * An SCTP packet with one INIT, INIT ACK or ABORT chunk (RFC 9260 §3.3): enough for policies to see an association
 * being set up, also where the kernel itself has no SCTP.
 */
export function encodeSctp(packet: SctpPacket): Uint8Array {
  const bytes = Buffer.alloc(packet.chunk === 'abort' ? 16 : 32);
  bytes.writeUInt16BE(packet.source, 0);
  bytes.writeUInt16BE(packet.destination, 2);
  bytes.writeUInt32BE(packet.verificationTag, 4);
  bytes.writeUInt8(chunkTypes[packet.chunk], 12);
  bytes.writeUInt16BE(bytes.length - 12, 14);
  if (packet.chunk !== 'abort') {
    bytes.writeUInt32BE(packet.tag, 16);
    bytes.writeUInt32BE(65_536, 20);
    bytes.writeUInt16BE(1, 24);
    bytes.writeUInt16BE(1, 26);
  }
  bytes.writeUInt32LE(crc32c(bytes), 8);
  return bytes;
}

/** undefined for what is not such a packet. */
export function decodeSctp(bytes: Buffer): SctpPacket | undefined {
  if (bytes.length < 16) return undefined;
  const type = bytes.readUInt8(12);
  const chunk = (['init', 'init-ack', 'abort'] as const).find((name) => chunkTypes[name] === type);
  if (chunk === undefined || (chunk !== 'abort' && bytes.length < 32)) return undefined;
  return {
    source: bytes.readUInt16BE(0),
    destination: bytes.readUInt16BE(2),
    verificationTag: bytes.readUInt32BE(4),
    chunk,
    tag: chunk === 'abort' ? 0 : bytes.readUInt32BE(16),
  };
}
