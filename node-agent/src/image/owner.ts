import { crc32 } from 'node:zlib';

/**
 * What is kept of an endpoint's uid with its interface: 32 bits, by which the agent knows it again when it starts. Never
 * 0, which says that nothing is known.
 */
export const ownerOf = (uid: string): number => crc32(uid) || 1;
