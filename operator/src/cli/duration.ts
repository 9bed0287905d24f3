import { InvalidArgumentError, Option } from 'commander';

const units: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** Of a flag: "90s", "5m" or "500ms", in milliseconds. */
function durationOf(text: string): number {
  const [, number, unit = ''] = /^(\d+)(ms|s|m|h)$/.exec(text) ?? [];
  const ms = units[unit];
  if (number === undefined || ms === undefined)
    throw new InvalidArgumentError('It has to be a whole number with a unit, as in 90s.');
  return Number(number) * ms;
}

/** The option that takes a duration, with its default as help shows it: "60s". */
export const durationOption = (flags: string, description: string, fallback: string): Option =>
  new Option(flags, description).argParser(durationOf).default(durationOf(fallback), fallback);
