import { setTimeout as sleep } from 'node:timers/promises';
import { NetlinkSocket } from '../netlink/netlink-socket.ts';
import { type Interfaces, lookAtInterfaces } from './look-at-interfaces.ts';

/** RTMGRP_LINK, RTMGRP_IPV4_IFADDR and RTMGRP_IPV6_IFADDR. */
const groups = 0x1 | 0x10 | 0x100;
/** Notifications come in swarms while a pod is set up. */
const quietMs = 5;
/** Looks again without having been told, since notifications can be lost. */
const rescanMs = 10_000;

/**
 * Calls back with what there is, at the start and after each change, one call at a time; `onError` is told where that
 * fails, and the next change is tried. Stops, and resolves once nothing is called any more, when the signal aborts.
 * Rejects with AgentError `netlink` where the kernel tells of no more changes.
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
  // Of what changed before the socket was there nothing was told; and the signal may have come before.
  look();
  try {
    for (;;) {
      await change.promise;
      if (!signal.aborted) await sleep(quietMs);
      if (signal.aborted) return;
      if (failure !== undefined) throw failure.error;
      // Before looking, so that what changes meanwhile is looked at once more.
      change = Promise.withResolvers();
      try {
        await onInterfaces(lookAtInterfaces());
      } catch (error) {
        onError(error);
      }
    }
  } finally {
    clearInterval(timer);
    socket.close();
  }
}
