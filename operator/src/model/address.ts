/** An IP address or block. Addresses are big-endian bytes, 4 for IPv4 and 16 for IPv6. */
export interface Prefix {
  readonly family: 4 | 6;
  /** Host bits are zero. */
  readonly address: Uint8Array;
  /** In bits. */
  readonly length: number;
  /** Canonical text, for example "10.0.0.0/8", "fd00::/64": equal texts are equal prefixes. */
  readonly text: string;
}
