import type { Lab } from '../lab/lab.ts';
import type { Paint } from './paint.ts';

/** What every step of the demo works with. */
export interface Stage {
  readonly lab: Lab;
  readonly paint: Paint;
  /** A line of result, indented. */
  say(line: string): void;
  /** A line of result that was not as it should be: the demo ends with 1. */
  fail(line: string): void;
}

/** Says the line, as a failure where it is not as it should be. */
export function check({ say, fail }: Stage, holds: boolean, line: string): void {
  if (holds) say(line);
  else fail(line);
}

export const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));
