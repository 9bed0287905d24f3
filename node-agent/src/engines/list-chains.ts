import { readAttributes } from '../netlink/netlink-message.ts';
import { NetlinkSocket, netfilter } from '../netlink/netlink-socket.ts';

/** NFNL_SUBSYS_NFTABLES */
const subsystem = 10 << 8;
const tables = { get: subsystem | 1, new: subsystem | 0 } as const;
const chains = { get: subsystem | 4, new: subsystem | 3 } as const;
/** struct nfgenmsg: all families. */
const header = Buffer.alloc(4);
const attribute = { table: 1, chain: 3 } as const;

/** All chains of nftables as "table/chain", and each table as "table/". Throws AgentError `netlink` where there is no nftables. */
export function listChains(): readonly string[] {
  const socket = new NetlinkSocket(0, netfilter);
  const list = ({ get, new: type }: { readonly get: number; readonly new: number }): readonly string[] =>
    socket.dump(get, header).flatMap((message) => {
      if (message.type !== type) return [];
      const attributes = readAttributes(message.body.subarray(header.length));
      const name = type === chains.new ? text(attributes.get(attribute.chain)) : '';
      return [`${text(attributes.get(attribute.table))}/${name}`];
    });
  try {
    return [...list(tables), ...list(chains)];
  } finally {
    socket.close();
  }
}

const text = (bytes: Buffer | undefined): string => bytes?.toString('latin1').replace(/\0+$/, '') ?? '';
