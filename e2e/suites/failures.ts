/** Ends mocha's name of a failed test. */
const titleEnd = /:$/;
/** The last lines of a suite without names of tests. */
const tail = 5;

/** What a suite's output says of its failed tests, a line each: mocha's numbered list at its end, or its last lines. */
export function failures(output: string): readonly string[] {
  const list = output.split(/^\s*\d+ failing$/m).at(1);
  const told =
    list === undefined
      ? []
      : list
          .split(/^ {2}\d+\) /m)
          .slice(1)
          .map(failure);
  if (told.length > 0) return told;
  return output
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(-tail);
}

/** `<title>: <first line of the error>` of one entry of the list. */
function failure(entry: string): string {
  const lines = entry
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const end = lines.findIndex((line) => titleEnd.test(line));
  return [...lines.slice(0, end + 1), lines[end + 1] ?? ''].join(' ');
}
