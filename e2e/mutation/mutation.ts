/** A rule of the compiler, broken on purpose. */
export interface Mutation {
  /** What is wrong then. */
  readonly name: string;
  /** Path from the repository's root. */
  readonly file: string;
  /** Text that the file has exactly once. */
  readonly find: string;
  readonly replace: string;
}

/** The file's text with the mistake in it. Throws an Error where the place is gone or there are several. */
export function mutate(text: string, { name, file, find, replace }: Mutation): string {
  const times = text.split(find).length - 1;
  if (times !== 1) throw new Error(`mutation "${name}": ${file} has ${JSON.stringify(find)} ${times} times`);
  return text.replace(find, () => replace);
}
