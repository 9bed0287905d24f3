import type { Judged } from '../lab/judge.ts';
import { isWrong } from '../lab/judge.ts';
import type { Paint } from './paint.ts';

const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Which rows and columns to show: names of places, and places with a port. */
export interface MatrixShape {
  readonly rows: readonly string[];
  readonly columns: readonly { readonly to: string; readonly protocol: string; readonly port: number }[];
}

/**
 * A table of who reaches what: one row for each source, one letter for each target, legend below. Cells: ● allowed,
 * · denied, 4 or 6 allowed over that family only, ✗ not as expected, blank where the two share no family.
 */
export function renderMatrix(judged: readonly Judged[], shape: MatrixShape, paint: Paint): string {
  const width = Math.max(...shape.rows.map((row) => row.length));
  const head = shape.columns.map((_, index) => letters[index] ?? '?').join(' ');
  const rows = shape.rows.map((row) => {
    const cells = shape.columns.map((column) =>
      cell(
        judged.filter(
          ({ flow }) =>
            flow.from === row &&
            flow.to === column.to &&
            flow.protocol === column.protocol &&
            flow.port === column.port,
        ),
        paint,
      ),
    );
    return `${row.padEnd(width)}  ${cells.join(' ')}`;
  });
  return [`${''.padEnd(width)}  ${paint('bold', head)}`, ...rows, '', ...legend(shape, paint)]
    .map((line) => `   ${line}`.trimEnd())
    .join('\n');
}

function cell(judged: readonly Judged[], paint: Paint): string {
  if (judged.length === 0) return ' ';
  if (judged.some(isWrong)) return paint('red', '✗');
  const allowed = judged.filter(({ observed }) => observed.verdict === 'allow');
  if (allowed.length === 0) return paint('grey', '·');
  if (allowed.length === judged.length) return paint('green', '●');
  return paint('yellow', `${allowed[0]?.flow.family ?? '?'}`);
}

/** Three targets a line. */
function legend({ columns }: MatrixShape, paint: Paint): readonly string[] {
  const entries = columns.map(({ to, protocol, port }, index) => {
    const text = `${to}:${port}/${protocol}`;
    return { letter: letters[index] ?? '?', text };
  });
  const width = Math.max(...entries.map(({ text }) => text.length));
  const lines: string[] = [];
  for (let at = 0; at < entries.length; at += 3) {
    const line = entries
      .slice(at, at + 3)
      .map(({ letter, text }) => `${paint('bold', letter)} ${text.padEnd(width)}`);
    lines.push(line.join('  '));
  }
  return [
    ...lines,
    `${paint('green', '●')} allowed   ${paint('grey', '·')} denied   ${paint('red', '✗')} not as expected`,
  ];
}
