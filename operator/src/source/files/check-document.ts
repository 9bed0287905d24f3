import { type Document, isAlias, isScalar, visit, type YAMLMap } from 'yaml';

/** More uses of anchors in one document are refused, since they multiply. */
export const mostAliases = 100;

const mergeKey = '<<';

export interface DocumentProblem {
  /** In the text. */
  readonly offset: number;
  readonly message: string;
}

/** What YAML allows and Kubernetes does not: keys that are there twice or are no texts, and aliases without end. */
export function checkDocument(document: Document.Parsed): DocumentProblem | undefined {
  let aliases = 0;
  let problem: DocumentProblem | undefined;
  visit(document, {
    Alias: () => {
      aliases++;
      return aliases > mostAliases ? visit.BREAK : undefined;
    },
    Map: (_, map) => {
      problem = checkKeys(map);
      return problem === undefined ? undefined : visit.BREAK;
    },
  });
  if (aliases > mostAliases)
    return { offset: document.range[0], message: `Excessive alias count: at most ${mostAliases} are read` };
  return problem;
}

function checkKeys(map: YAMLMap): DocumentProblem | undefined {
  const seen = new Set<string>();
  for (const { key } of map.items) {
    if (!isScalar(key)) {
      const offset = (isAlias(key) ? key.range : map.range)?.[0] ?? 0;
      return { offset, message: 'A list, a map or an alias can not be a key' };
    }
    const text = String(key.value);
    if (seen.has(text) && text !== mergeKey)
      return { offset: key.range?.[0] ?? 0, message: `Map keys must be unique: ${JSON.stringify(text)}` };
    seen.add(text);
  }
  return undefined;
}
