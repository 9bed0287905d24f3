import { NetlinkSocket } from '../netlink/netlink-socket.ts';
import { listInterfaces, listOwnAddresses } from './list-interfaces.ts';
import type { PodInterface } from './pod-interface.ts';

/** What is seen of the node itself. */
export interface Interfaces {
  readonly pods: readonly PodInterface[];
  /** The node's own addresses. */
  readonly own: readonly Uint8Array[];
}

/** Asks the kernel: 30 µs a pod. Throws AgentError `netlink`. */
export function lookAtInterfaces(): Interfaces {
  const socket = new NetlinkSocket(0);
  try {
    return { pods: listInterfaces(socket), own: listOwnAddresses(socket) };
  } finally {
    socket.close();
  }
}
