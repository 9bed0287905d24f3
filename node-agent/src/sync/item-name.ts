import { type ItemKind, itemKind } from '@weir/proto/item.ts';

const names = new Map<number, string>(Object.entries(itemKind).map(([name, kind]) => [kind, name]));

/** An item in messages for people: "identity 00ff…"; the keys of endpoints and services are texts. */
export function itemName(kind: number, key: Uint8Array): string {
  const text = Buffer.from(key);
  const isText = kind === itemKind.endpoint || kind === itemKind.service;
  return `${names.get(kind) ?? kind} ${isText ? text.toString() : text.toString('hex')}`;
}

/** Kind and latin1 key of an item's id. */
export function splitId(id: string): readonly [ItemKind, string] {
  const kind = Object.values(itemKind).find((known) => known === Number(id[0]));
  if (!kind) throw new RangeError(`no id of an item: ${id}`);
  return [kind, id.slice(2)];
}
