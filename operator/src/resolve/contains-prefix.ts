import type { Prefix } from '../model/address.ts';

/** Whether all addresses of `inner` are in `outer`. */
export function containsPrefix(outer: Prefix, inner: Prefix): boolean {
  if (outer.family !== inner.family || outer.length > inner.length) return false;
  const whole = outer.length >> 3;
  for (let at = 0; at < whole; at++) if (outer.address[at] !== inner.address[at]) return false;
  const differ = (outer.address[whole] ?? 0) ^ (inner.address[whole] ?? 0);
  return differ >> (8 - (outer.length & 7)) === 0;
}
