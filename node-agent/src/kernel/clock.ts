/** Time, passed in. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Milliseconds from any start, never set back. */
  monotonic(): number;
}
