import { isAlias, isMap, isNode, isScalar, isSeq } from 'yaml';
import { splitPath } from '../decode/field-path.ts';
import type { ManifestValue } from './read-documents.ts';

/** Offset in the text of the field that a path names, or of the deepest part of the path that there is. */
export function locate({ document, node: root }: ManifestValue, path: string): number {
  let node: unknown = root;
  let offset = startOf(root) ?? document.range[0];
  for (const key of splitPath(path)) {
    const next = step(isAlias(node) ? node.resolve(document) : node, key);
    if (next === undefined) return offset;
    offset = startOf(next.at) ?? offset;
    node = next.value;
  }
  return offset;
}

interface Step {
  /** What is pointed at: the key of a field, or the entry of a list. */
  readonly at: unknown;
  readonly value: unknown;
}

function step(node: unknown, key: string | number): Step | undefined {
  if (isSeq(node)) {
    const item = node.items[Number(key)];
    return isNode(item) ? { at: item, value: item } : undefined;
  }
  if (!isMap(node)) return undefined;
  const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key));
  return pair && { at: pair.key, value: pair.value };
}

const startOf = (node: unknown): number | undefined => (isNode(node) ? node.range?.[0] : undefined);
