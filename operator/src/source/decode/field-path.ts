const plainKey = /^[A-Za-z_][A-Za-z0-9_-]*$/;

/** `parent.key`, or `parent["key"]` where the key would be ambiguous. */
export function childPath(parent: string, key: string): string {
  if (!plainKey.test(key)) return `${parent}[${JSON.stringify(key)}]`;
  return parent === '' ? key : `${parent}.${key}`;
}

export const itemPath = (parent: string, index: number): string => `${parent}[${index}]`;

const segment = /\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]|\.?([A-Za-z_][A-Za-z0-9_-]*)/y;

/** The keys and indexes that lead to a field; the inverse of childPath and itemPath. */
export function splitPath(path: string): readonly (string | number)[] {
  const keys: (string | number)[] = [];
  segment.lastIndex = 0;
  while (segment.lastIndex < path.length) {
    const match = segment.exec(path);
    if (match === null) return keys;
    const [, index, quoted, plain] = match;
    if (index !== undefined) keys.push(Number(index));
    else if (quoted !== undefined) keys.push(String(JSON.parse(quoted)));
    else if (plain !== undefined) keys.push(plain);
  }
  return keys;
}
