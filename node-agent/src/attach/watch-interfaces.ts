import type { Interfaces } from '../agent.ts';
import { listInterfaces, listOwnAddresses } from './list-interfaces.ts';
import { NetlinkSocket } from './netlink-socket.ts';

/** RTMGRP_LINK, RTMGRP_IPV4_IFADDR and RTMGRP_IPV6_IFADDR. */
const groups = 0x1 | 0x10 | 0x100;
/** Notifications come in swarms while a pod is set up. */
const quietMs = 5;
/** Looks again without having been told, since notifications can be lost. */
const rescanMs = 10_000;

export function lookAtInterfaces(): Interfaces {
  const socket = new NetlinkSocket(0);
  try {
    return { pods: listInterfaces(socket), own: listOwnAddresses(socket) };
  } finally {
    socket.close();
  }
}

/** Calls back with what there is after each change, one call at a time, until the signal aborts. */
export async function watchInterfaces(
  onInterfaces: (interfaces: Interfaces) => Promise<void>,
  onError: (error: unknown) => void,
  signal: AbortSignal,
): Promise<void> {
  const socket = new NetlinkSocket(groups);
  try {
    for (let waited = 0; !signal.aborted; ) {
      const slice = Math.min(1000, rescanMs - waited);
      const notified = await socket.notified(slice);
      waited = notified ? 0 : (waited + slice) % rescanMs;
      if (signal.aborted || (!notified && waited !== 0)) continue;
      if (notified) await pause(quietMs);
      await onInterfaces(lookAtInterfaces()).catch(onError);
    }
  } finally {
    socket.close();
  }
}

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));
