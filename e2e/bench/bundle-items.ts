import type { Bundle } from '@weir/node-agent/src/bundle.ts';
import { encodeItem, type Item, type ItemMessage, itemKind } from '@weir/proto/item.ts';

/** What a bundle has, as the operator sends it: what others refer to first. */
export function bundleItems(bundle: Bundle): readonly Item[] {
  const messages: ItemMessage[] = [
    ...[...bundle.identities.values()].map((message) => ({ kind: itemKind.identity, message }) as const),
    ...[...bundle.prefixes.values()].map((message) => ({ kind: itemKind.prefix, message }) as const),
    ...[...bundle.selectors.values()].map((message) => ({ kind: itemKind.selector, message }) as const),
    ...[...bundle.memberships.values()].map((message) => ({ kind: itemKind.membership, message }) as const),
    ...[...bundle.tables.values()].map((message) => ({ kind: itemKind.table, message }) as const),
    ...[...bundle.endpoints.values()].map((message) => ({ kind: itemKind.endpoint, message }) as const),
  ];
  return messages.map(encodeItem);
}
