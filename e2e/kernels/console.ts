export interface LoadedProgram {
  readonly name: string;
  /** Instructions that the verifier went through. */
  readonly verified: number;
  /** Of the verifier; undefined where the kernel does not tell. */
  readonly milliseconds: number | undefined;
}

/** What loader.c said on the console: the programs, or undefined where it did not load them all. */
export function loadedPrograms(console: string): readonly LoadedProgram[] | undefined {
  if (!/^weir: loaded\r?$/m.test(console)) return undefined;
  return [...console.matchAll(/^weir: (\w+) (\d+) (\d+)\r?$/gm)].map(([, name = '', verified, took]) => ({
    name,
    verified: Number(verified),
    milliseconds: took === '0' ? undefined : Number(took) / 1000,
  }));
}
