import { type Document, isAlias, isMap, isNode, isSeq, type Node } from 'yaml';
import { checkDocument, mostAliases } from './check-document.ts';
import { streamDocuments, type Unreadable } from './stream-documents.ts';

/** One object of a manifest file. */
export interface ManifestValue {
  readonly kind: 'value';
  readonly value: unknown;
  readonly document: Document.Parsed;
  /** What the value was read from; undefined where that has no place of its own. */
  readonly node: Node | undefined;
}

/** The objects of YAML or JSON text: of each document that is not empty, and of each `kind: List` its entries. */
export async function* readDocuments(text: string): AsyncGenerator<ManifestValue | Unreadable> {
  for await (const document of streamDocuments(text))
    if ('kind' in document) yield document;
    else yield* readDocument(document);
}

function readDocument(document: Document.Parsed): readonly (ManifestValue | Unreadable)[] {
  // Of several errors the later ones follow from the first.
  const [error] = [...document.errors, ...document.warnings];
  if (error !== undefined) return [{ kind: 'unreadable', offset: error.pos[0], message: error.message }];
  try {
    const problem = checkDocument(document);
    if (problem !== undefined) return [{ kind: 'unreadable', ...problem }];
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
