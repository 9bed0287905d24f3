import type { Prefix } from '@weir/operator/src/model/address.ts';
import type { CasePacket } from './case.ts';
import type { NodeImage } from './node-image.ts';

/** A packet at one endpoint's hook. */
export interface HookPacket {
  readonly node: NodeImage;
  /** Of the endpoint. */
  readonly ifindex: number;
  readonly direction: 'ingress' | 'egress';
  /** The endpoint's address. */
  readonly own: Prefix;
  readonly peer: Prefix;
  /** Ingress: the node's own processes did not send it. */
  readonly foreign: boolean;
  /** A number is any other IP protocol; its packets have no ports. */
  readonly protocol: CasePacket['protocol'] | number;
  readonly port: number;
}

export interface HookVerdict {
  readonly allow: boolean;
  /** Of the outcome that decided; 0: none did. */
  readonly cookie: number;
}

/** What judges a packet by the images of the nodes. */
export interface Hook {
  load(nodes: readonly NodeImage[]): void | Promise<void>;
  /** Why the hook says nothing about policy for this packet; undefined: it does. */
  skips(packet: CasePacket): string | undefined;
  judge(packet: HookPacket): HookVerdict;
  close(): void;
}
