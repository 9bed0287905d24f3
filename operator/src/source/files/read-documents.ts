import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isSeq,
  type LineCounter,
  type Node,
  parseAllDocuments,
} from 'yaml';

/** One object of a manifest file. */
export interface ManifestValue {
  readonly kind: 'value';
  readonly value: unknown;
  readonly document: Document.Parsed;
  /** What the value was read from; undefined where that has no place of its own. */
  readonly node: Node | undefined;
}

/** Why a document can't be read. */
export interface Unreadable {
  readonly kind: 'unreadable';
  /** In the text. */
  readonly offset: number;
  readonly message: string;
}

/** More uses of anchors in one document are refused, since they multiply. */
const mostAliases = 100;

/** The objects of YAML or JSON text: of each document that is not empty, and of each `kind: List` its entries. */
export function readDocuments(
  text: string,
  lineCounter: LineCounter,
): readonly (ManifestValue | Unreadable)[] {
  const documents = parseAllDocuments(text, { lineCounter, prettyErrors: false, merge: true });
  return Array.isArray(documents) ? documents.flatMap(readDocument) : [];
}

function readDocument(document: Document.Parsed): readonly (ManifestValue | Unreadable)[] {
  // Of several errors the later ones follow from the first.
  const [error] = [...document.errors, ...document.warnings];
  if (error !== undefined) return [{ kind: 'unreadable', offset: error.pos[0], message: error.message }];
  try {
    const value: unknown = document.toJS({ maxAliasCount: mostAliases });
    return value === null
      ? []
      : unfold({ kind: 'value', value, document, node: document.contents ?? undefined });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return [{ kind: 'unreadable', offset: document.range[0], message }];
  }
}

/** The entries of a List, each with its own place. */
function unfold(whole: ManifestValue): readonly ManifestValue[] {
  const { value, document, node } = whole;
  if (!isList(value)) return [whole];
  const items = isMap(node) ? node.get('items', true) : undefined;
  const list = isAlias(items) ? items.resolve(document) : items;
  return value.items.map((item: unknown, at) => {
    const entry = isSeq(list) ? list.items[at] : undefined;
    return { kind: 'value', value: item, document, node: isNode(entry) ? entry : node };
  });
}

function isList(value: unknown): value is { readonly items: readonly unknown[] } {
  if (typeof value !== 'object' || value === null || !('kind' in value) || !('items' in value)) return false;
  return value.kind === 'List' && Array.isArray(value.items);
}
