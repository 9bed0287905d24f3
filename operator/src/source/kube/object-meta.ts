/** What tells one version of an object from another. */
export interface ObjectMeta {
  /** Empty for objects of cluster scope. */
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly resourceVersion: string;
  /** Of the spec; 0 for kinds that count none. */
  readonly generation: number;
}

/** Throws a TypeError where the API server sent something that is no object. */
export function metaOf(value: unknown): ObjectMeta {
  const metadata = field(value, 'metadata');
  const name = text(metadata, 'name');
  const resourceVersion = text(metadata, 'resourceVersion');
  if (name === '' || resourceVersion === '') throw new TypeError('an object without name or resourceVersion');
  const generation = field(metadata, 'generation');
  return {
    namespace: text(metadata, 'namespace'),
    name,
    uid: text(metadata, 'uid'),
    resourceVersion,
    generation: typeof generation === 'number' ? generation : 0,
  };
}

/** Of an object or list, also of a bookmark, which has no name. */
export const resourceVersionOf = (value: unknown): string =>
  text(field(value, 'metadata'), 'resourceVersion');

/** Undefined where it is missing, or where there is no object to have it. */
export function field(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name];
}

export function text(value: unknown, name: string): string {
  const found = field(value, name);
  return typeof found === 'string' ? found : '';
}
