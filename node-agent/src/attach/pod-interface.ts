/** The host's side of a veth pair whose other side is in another network namespace. */
export interface PodInterface {
  readonly ifindex: number;
  readonly name: string;
  /** Addresses of the other side, 4 or 16 bytes in network order, link-local ones left out. */
  readonly addresses: readonly Uint8Array[];
}

/** An address as a map key. */
export const addressKey = (address: Uint8Array): string => Buffer.from(address).toString('latin1');
