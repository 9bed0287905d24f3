import { type Item, type ItemKind, itemKind } from '@weir/proto/item.ts';

/** What others refer to comes first. */
const order: readonly ItemKind[] = [
  itemKind.identity,
  itemKind.prefix,
  itemKind.selector,
  itemKind.membership,
  itemKind.table,
  itemKind.endpoint,
  itemKind.service,
  itemKind.mode,
];

/** `forwards`: what others refer to first, as items are put up; else last, as they are taken away. */
export function itemsInOrder(items: Iterable<Item>, direction: 'forwards' | 'backwards'): readonly Item[] {
  const byKind = new Map<ItemKind, Item[]>();
  for (const item of items) {
    const found = byKind.get(item.kind);
    if (found) found.push(item);
    else byKind.set(item.kind, [item]);
  }
  const kinds = direction === 'forwards' ? order : order.toReversed();
  return kinds.flatMap((kind) => byKind.get(kind) ?? []);
}
