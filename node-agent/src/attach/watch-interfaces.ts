import { setTimeout as sleep } from 'node:timers/promises';
import type { Interfaces } from '../agent.ts';
import { NetlinkSocket } from '../netlink/netlink-socket.ts';
import { listInterfaces, listOwnAddresses } from './list-interfaces.ts';

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

/**
 * Calls back with what there is after each change, one call at a time; `onError` is told where that fails, and the next
 * change is tried. Stops, and resolves once nothing is called any more, when the signal aborts. Rejects with AgentError
 * `netlink` where the kernel tells of no more changes.
 */
export async function watchInterfaces(
  onInterfaces: (interfaces: Interfaces) => Promise<void>,
  onError: (error: unknown) => void,
  signal: AbortSignal,
): Promise<void> {
  let change = Promise.withResolvers<void>();
  let failure: { readonly error: unknown } | undefined;
  const look = () => change.resolve();
  const socket = new NetlinkSocket(groups);
  const timer = setInterval(look, rescanMs);
  socket.onNotified(look, (error) => {
    failure = { error };
    look();
  });
  signal.addEventListener('abort', look, { once: true });
  try {
    for (;;) {
      await change.promise;
      if (!signal.aborted) await sleep(quietMs);
      if (signal.aborted) return;
      if (failure !== undefined) throw failure.error;
      // Before looking, so that what changes meanwhile is looked at once more.
      change = Promise.withResolvers();
      await followInterfaces(onInterfaces).catch(onError);
    }
  } finally {
    clearInterval(timer);
    socket.close();
  }
}

async function followInterfaces(onInterfaces: (interfaces: Interfaces) => Promise<void>): Promise<void> {
  await onInterfaces(lookAtInterfaces());
}
