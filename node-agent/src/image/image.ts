/** The arrays of an image; each is the map weir_<name> in the kernel. See docs/image.md. */
export const arrayNames = [
  'endpoint',
  'root4',
  'node4',
  'root6',
  'node6',
  'class',
  'portcls',
  'rowidx',
  'row',
  'outcome',
] as const;
export type ArrayName = (typeof arrayNames)[number];

/**
 * The words of one generation: for each array the bytes in use, a multiple of 8, little-endian and laid out as
 * the kernel's map. What lies behind them in the map is zero or never read.
 */
export type Image = Readonly<Record<ArrayName, Uint8Array>>;

/** Where an endpoint's packets pass: the host's side of its veth pair. */
export interface Binding {
  /** The endpoint in the bundle. */
  readonly uid: string;
  readonly ifindex: number;
  /** Number of the interface, never used again; 32 bits. */
  readonly instance: number;
  /** Seconds of CLOCK_MONOTONIC until which TCP flows met in the middle are adopted; 0: never. */
  readonly adoptUntil: number;
  /** Nothing is dropped there. */
  readonly observe?: boolean;
  /** The bundle has no such endpoint any more, and nothing passes there. */
  readonly closed?: boolean;
}
