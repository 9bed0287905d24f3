/** The values without the holes, in an array of just their length: what is pushed or filtered leaves room for more. */
export const defined = <T>(values: readonly (T | undefined)[]): readonly T[] =>
  values.filter((value) => value !== undefined).slice();
