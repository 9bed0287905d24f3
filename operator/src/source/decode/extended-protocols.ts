/** Protocols without ports that Cilium's kinds can name, and their IANA numbers. */
export const extendedProtocols: ReadonlyMap<string, number> = new Map([
  ['VRRP', 112],
  ['IGMP', 2],
  ['GRE', 47],
  ['IPIP', 4],
  ['IPV6', 41],
  ['ESP', 50],
  ['AH', 51],
]);
