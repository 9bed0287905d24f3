import { InvalidArgumentError } from 'commander';
import { OperatorError } from '../errors.ts';
import type { Packet, Side } from '../evaluate/side.ts';
import type { ClusterState } from '../model/cluster.ts';
import { parseAddress } from '../source/decode/parse-prefix.ts';

/** A port and protocol as people write them: "80/TCP", "8/ICMP". */
export interface AskedPort {
  readonly protocol: 'TCP' | 'UDP' | 'SCTP' | 'ICMP' | 'ICMPv6';
  /** Of ICMP the type. */
  readonly port: number;
}

const protocols = ['TCP', 'UDP', 'SCTP', 'ICMP', 'ICMPv6'] as const;
const isIcmp = ({ protocol }: AskedPort) => protocol === 'ICMP' || protocol === 'ICMPv6';

/** Without a protocol TCP is meant. Throws commander's InvalidArgumentError. */
export function parsePort(text: string): AskedPort {
  const [number = '', wanted = 'TCP', ...rest] = text.split('/');
  const protocol = protocols.find((known) => known.toLowerCase() === wanted.toLowerCase());
  if (protocol === undefined || rest.length > 0 || !/^[0-9]{1,5}$/.test(number))
    throw new InvalidArgumentError(
      `write port/protocol, with one of ${protocols.join(', ')}: 80/TCP, 8/ICMP`,
    );
  const asked = { protocol, port: Number(number) };
  const most = isIcmp(asked) ? 255 : 65_535;
  if (asked.port > most) throw new InvalidArgumentError(`${protocol} has 0 to ${most}`);
  return asked;
}

/**
 * A pod, "namespace/name" (of another cluster "cluster/namespace/name"), or an address.
 * @throws OperatorError unknown-endpoint for a pod that is not there.
 */
export function findSide(state: ClusterState, text: string): Side {
  const address = parseAddress(text);
  if (address) return { kind: 'address', address };
  const pod = state.pods.get(text);
  if (pod) return { kind: 'pod', pod };
  const pods = [...state.pods.keys()].sort();
  const known = pods.length === 0 ? 'there is no pod' : `there is ${pods.slice(0, 10).join(', ')}`;
  const more = pods.length > 10 ? ' and others' : '';
  throw new OperatorError('unknown-endpoint', `${text} is neither an address nor a pod; ${known}${more}`);
}

/** ICMP is of one family, whatever addresses the ends have. */
export const packetOf = (asked: AskedPort): Packet => ({
  ...asked,
  family: asked.protocol === 'ICMP' ? 4 : asked.protocol === 'ICMPv6' ? 6 : undefined,
});
