import { readAttributes } from '../netlink/netlink-message.ts';
import { NetlinkSocket } from '../netlink/netlink-socket.ts';

const getFilter = 46;
const newFilter = 44;
/** TC_H_CLSACT's hooks for what comes in and for what goes out. */
const parents = [0xffff_fff2, 0xffff_fff3] as const;
/** struct tcmsg */
const headerBytes = 20;
const attribute = { options: 2, bpfName: 7 } as const;

/** Whether any filter, whoever's it is, hangs on the interface's clsact qdisc. */
export const hasFilters = (ifindex: number): boolean => listFilters(ifindex).length > 0;

/** Names of the programs in its filters. */
export const filterNames = (ifindex: number): readonly string[] =>
  listFilters(ifindex).flatMap((attributes) => {
    const options = attributes.get(attribute.options);
    const name = options && readAttributes(options).get(attribute.bpfName);
    return name ? [name.toString('latin1').replace(/\0+$/, '')] : [];
  });

function listFilters(ifindex: number): readonly ReadonlyMap<number, Buffer>[] {
  const socket = new NetlinkSocket(0);
  try {
    return parents.flatMap((parent) => {
      const request = Buffer.alloc(headerBytes);
      request.writeInt32LE(ifindex, 4);
      request.writeUInt32LE(parent, 12);
      return socket
        .dump(getFilter, request)
        .filter(({ type }) => type === newFilter)
        .map(({ body }) => readAttributes(body.subarray(headerBytes)));
    });
  } finally {
    socket.close();
  }
}
