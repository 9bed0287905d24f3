/** How a rule selects a peer: by what it is, merely by its address, or not at all. */
export type PeerMatch = 'identity' | 'address' | 'none';
