/** In UTF-16 units. An object of Kubernetes has at most 1.5 MB; a List may have many. */
export const longestDocument = 4 * 1024 * 1024;
/** Of brackets and braces. */
export const deepestNesting = 200;

/** Marks of the lexer that stand for no text. */
const marks: ReadonlySet<string> = new Set(['\u0002', '\u0018', '\u001f']);

/** Of a word of the lexer, in the text. */
export const lengthOf = (lexeme: string): number => (marks.has(lexeme) ? 0 : lexeme.length);

/** Watches the words of YAML text, so that what would take the parser too long is never given to it. */
export class DocumentLimits {
  #length = 0;
  #depth = 0;

  /** Why the document that the word is in is refused; undefined: it is not. */
  see(lexeme: string): string | undefined {
    this.#length += lengthOf(lexeme);
    if (lexeme === '[' || lexeme === '{') this.#depth++;
    else if (lexeme === ']' || lexeme === '}') this.#depth--;
    if (this.#length > longestDocument)
      return `the document has more than ${longestDocument} characters; write several, with --- between them`;
    if (this.#depth > deepestNesting) return `is nested more than ${deepestNesting} deep`;
    return undefined;
  }

  /** At the beginning of the next document. */
  reset(): void {
    this.#length = 0;
    this.#depth = 0;
  }
}
