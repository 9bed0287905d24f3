import type { Prefix } from '../../model/address.ts';
import type { Node } from '../../model/endpoint.ts';
import { decodeAddress, uniqueAddresses } from './decode-address.ts';
import { decodeLabels, type Metadata } from './decode-metadata.ts';
import type { Field } from './field.ts';

export function decodeNode(root: Field, { name }: Metadata): Node {
  const addresses = root.get('status').get('addresses').items().map(decodeEntry);
  return {
    kind: 'Node',
    name,
    labels: decodeLabels(root.get('metadata')),
    addresses: uniqueAddresses(addresses),
  };
}

/** Entries of type InternalIP and ExternalIP; names are no addresses. */
function decodeEntry(field: Field): Prefix | undefined {
  const type = field.get('type').string();
  return type === 'InternalIP' || type === 'ExternalIP' ? decodeAddress(field.get('address')) : undefined;
}
