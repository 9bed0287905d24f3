import type { Prefix } from '../../model/address.ts';
import type { Node } from '../../model/endpoint.ts';
import { decodeLabels, type Metadata } from './decode-metadata.ts';
import { describe, type Field } from './field.ts';
import { parseAddress } from './parse-prefix.ts';

export function decodeNode(root: Field, { name }: Metadata): Node {
  const addresses = root.get('status').get('addresses').items().map(decodeAddress);
  const byText = new Map(addresses.filter((item) => item !== undefined).map((item) => [item.text, item]));
  return {
    kind: 'Node',
    name,
    labels: decodeLabels(root.get('metadata')),
    addresses: [...byText.values()],
  };
}

/** Entries of type InternalIP and ExternalIP; names are no addresses. */
function decodeAddress(field: Field): Prefix | undefined {
  const type = field.get('type').string();
  if (type !== 'InternalIP' && type !== 'ExternalIP') return undefined;
  const text = field.get('address').string();
  if (text === undefined) return undefined;
  return parseAddress(text) ?? field.get('address').refuse(`${describe(text)} is no IP address`);
}
