import type { Prefix } from '@weir/operator/src/model/address.ts';
import { parseAddress as parse } from '@weir/operator/src/source/decode/parse-prefix.ts';

/** A whole address, /32 or /128. Throws a RangeError on what is not an address. */
export function parseAddress(text: string): Prefix {
  const address = parse(text);
  if (address === undefined) throw new RangeError(`not an IP address: ${text}`);
  return address;
}
