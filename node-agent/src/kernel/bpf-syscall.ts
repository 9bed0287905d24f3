import { check } from './kernel-error.ts';
import { addressOf, libbpf, libc } from './libbpf.ts';

/**
 * Commands of bpf(2) that libbpf 1.1 does not know, with their attributes laid out by hand (union bpf_attr of
 * include/uapi/linux/bpf.h, all fields in host byte order).
 */
const bpfSyscall = { x64: 321, arm64: 280 }[process.arch as 'x64' | 'arm64'];
const commandProgQuery = 16;
const attributeBytes = 64;
const infoBytes = 256;

export const tcxIngress = 46;
export const tcxEgress = 47;

/** -errno, or what the kernel answers. */
const bpf = (command: number, attributes: Uint8Array): number =>
  libc.bpf(bpfSyscall, command, attributes, attributes.length);

/** Ids of a TCX hook's programs in their order, or -errno (EINVAL where the kernel has no TCX). */
export function queryTcx(ifindex: number, attachType: number): readonly number[] | number {
  const ids = new Uint32Array(64);
  const attributes = Buffer.alloc(attributeBytes);
  attributes.writeUInt32LE(ifindex, 0);
  attributes.writeUInt32LE(attachType, 4);
  attributes.writeBigUInt64LE(addressOf(new Uint8Array(ids.buffer)), 16);
  attributes.writeUInt32LE(ids.length, 24);
  const result = bpf(commandProgQuery, attributes);
  if (result < 0) return result;
  return [...ids.subarray(0, attributes.readUInt32LE(24))];
}

function objectInfo(what: string, fd: number): Buffer {
  const info = Buffer.alloc(infoBytes);
  check(what, libbpf.info(fd, info, Uint32Array.of(infoBytes)));
  return info;
}

const name = (bytes: Buffer): string => bytes.toString('latin1', 0, Math.max(0, bytes.indexOf(0)));

export interface LinkInfo {
  readonly id: number;
  readonly programId: number;
  /** 0 once the interface is gone. */
  readonly ifindex: number;
}

/** struct bpf_link_info of a TCX link. */
export function linkInfo(fd: number): LinkInfo {
  const info = objectInfo('link info', fd);
  return { id: info.readUInt32LE(4), programId: info.readUInt32LE(8), ifindex: info.readUInt32LE(16) };
}

export interface ProgramInfo {
  readonly id: number;
  readonly name: string;
  /** Instructions that the verifier went through; 0 before 5.16. */
  readonly verifiedInstructions: number;
}

/** struct bpf_prog_info. */
export function programInfo(fd: number): ProgramInfo {
  const info = objectInfo('program info', fd);
  return {
    id: info.readUInt32LE(4),
    name: name(info.subarray(64, 80)),
    verifiedInstructions: info.readUInt32LE(216),
  };
}

export interface MapInfo {
  readonly type: number;
  readonly id: number;
  readonly keySize: number;
  readonly valueSize: number;
  readonly maxEntries: number;
  readonly flags: number;
  readonly name: string;
}

/** struct bpf_map_info. */
export function mapInfo(fd: number): MapInfo {
  const info = objectInfo('map info', fd);
  return {
    type: info.readUInt32LE(0),
    id: info.readUInt32LE(4),
    keySize: info.readUInt32LE(8),
    valueSize: info.readUInt32LE(12),
    maxEntries: info.readUInt32LE(16),
    flags: info.readUInt32LE(20),
    name: name(info.subarray(24, 40)),
  };
}
