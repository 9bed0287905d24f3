import { itemId, itemKind } from '@weir/proto/item.ts';
import type { CheckedItem } from './check-item.ts';

/** Ids of the items that this one can't be without. */
export function referencesOf(item: CheckedItem): string[] {
  switch (item.kind) {
    case 1: {
      const { identity, ingressTable, egressTable } = item.message;
      const tables = [ingressTable, egressTable].filter((key) => key.length > 0);
      return [itemId(itemKind.identity, identity), ...tables.map((key) => itemId(itemKind.table, key))];
    }
    case 3:
      return [itemId(itemKind.identity, item.message.identity)];
    case 5:
      return [
        itemId(itemKind.selector, item.message.selector),
        itemId(itemKind.identity, item.message.identity),
      ];
    case 6:
      return item.message.selectors.map((key) => itemId(itemKind.selector, key));
    case 2:
    case 4:
    case 7:
    case 8:
      return [];
  }
}
