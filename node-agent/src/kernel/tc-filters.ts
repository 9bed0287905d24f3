import { NetlinkSocket } from '../attach/netlink-socket.ts';

const getFilter = 46;
const newFilter = 44;
/** TC_H_CLSACT's hooks for what comes in and for what goes out. */
const parents = [0xffff_fff2, 0xffff_fff3] as const;

/** Whether any filter, whoever's it is, hangs on the interface's clsact qdisc. */
export function hasFilters(ifindex: number): boolean {
  const socket = new NetlinkSocket(0);
  try {
    return parents.some((parent) => {
      // struct tcmsg
      const request = Buffer.alloc(20);
      request.writeInt32LE(ifindex, 4);
      request.writeUInt32LE(parent, 12);
      return socket.dump(getFilter, request).some(({ type }) => type === newFilter);
    });
  } finally {
    socket.close();
  }
}
