export type Colour = 'green' | 'red' | 'yellow' | 'grey' | 'bold';

const codes: Readonly<Record<Colour, number>> = { green: 32, red: 31, yellow: 33, grey: 90, bold: 1 };

/** Colours a text, or leaves it as it is. */
export type Paint = (colour: Colour, text: string) => string;

/** Colour is for terminals only, and not where NO_COLOR (no-color.org) is set. */
export function makePaint(wanted: boolean): Paint {
  return wanted ? (colour, text) => `\u001b[${codes[colour]}m${text}\u001b[0m` : (_, text) => text;
}
