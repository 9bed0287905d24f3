import { setImmediate } from 'node:timers/promises';
import { Composer, type Document, Lexer, Parser } from 'yaml';
import { DocumentLimits, lengthOf } from './document-limits.ts';

/** Why a document can't be read. */
export interface Unreadable {
  readonly kind: 'unreadable';
  /** In the text. */
  readonly offset: number;
  readonly message: string;
}

/** Words of YAML, after which others may run: some milliseconds' work. */
const wordsAtATime = 4096;

/**
 * The documents of YAML or JSON text, one after another: at no time are there more than one in memory, and others run
 * while a long text is read.
 */
export async function* streamDocuments(text: string): AsyncGenerator<Document.Parsed | Unreadable> {
  const reading = new Reading();
  let words = 0;
  for (const word of new Lexer().lex(text)) {
    yield* reading.next(word);
    if (++words % wordsAtATime === 0) await setImmediate();
  }
  yield* reading.end();
}

type Token = Parameters<Composer['next']>[0];

/** The state of reading one text. A document that is refused is skipped; the next one is read with a new parser. */
class Reading {
  readonly #limits = new DocumentLimits();
  #parser = new Parser();
  #composer = newComposer();
  #hasError = false;
  #skipping = false;

  *next(word: string): Generator<Document.Parsed | Unreadable> {
    if (word === '---' || word === '...') {
      this.#limits.reset();
      if (this.#skipping) this.#renew();
    }
    if (this.#skipping) {
      this.#parser.offset += lengthOf(word);
      return;
    }
    const { offset } = this.#parser;
    const message = this.#limits.see(word);
    if (message === undefined) yield* this.#tokens(offset, () => this.#parser.next(word));
    else yield* this.#refuse(offset, message);
    if (!this.#skipping) return;
    this.#parser.offset = offset + lengthOf(word);
    if (word !== '---') return;
    // The mark itself belongs to the next document.
    this.#parser.offset = offset;
    this.#renew();
    yield* this.#tokens(offset, () => this.#parser.next(word));
  }

  *end(): Generator<Document.Parsed | Unreadable> {
    if (this.#skipping) return;
    yield* this.#tokens(this.#parser.offset, () => this.#parser.end());
    if (!this.#skipping) yield* this.#composer.end();
  }

  /** What parser or composer can't stand, such as nesting that exhausts the stack, costs one document only. */
  *#tokens(offset: number, parse: () => Iterable<Token>): Generator<Document.Parsed | Unreadable> {
    try {
      for (const token of parse()) yield* this.#compose(token);
    } catch (error) {
      yield* this.#refuse(offset, textOf(error));
    }
  }

  *#compose(token: Token): Generator<Document.Parsed | Unreadable> {
    // Of several errors the later ones follow from the first, and there may be very many.
    if (token.type === 'error' && this.#hasError) return;
    this.#hasError = token.type === 'error';
    const { offset } = this.#parser;
    try {
      yield* withoutStacks(() => [...this.#composer.next(token)]);
    } catch (error) {
      yield* this.#complete();
      yield { kind: 'unreadable', offset: 'offset' in token ? token.offset : offset, message: textOf(error) };
    }
  }

  /** The document before the one that is being read. */
  *#complete(): Generator<Document.Parsed> {
    yield* this.#composer.end();
    this.#composer = newComposer();
  }

  *#refuse(offset: number, message: string): Generator<Document.Parsed | Unreadable> {
    yield* this.#complete();
    yield { kind: 'unreadable', offset, message };
    this.#skipping = true;
  }

  #renew(): void {
    const { offset } = this.#parser;
    this.#parser = new Parser();
    this.#parser.offset = offset;
    this.#hasError = false;
    this.#skipping = false;
  }
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Keys are compared afterwards: the composer compares each with each. */
const newComposer = (): Composer => new Composer({ merge: true, prettyErrors: false, uniqueKeys: false });

/** The composer makes an error for each thing that is wrong; stacks would be most of the cost. */
function withoutStacks<T>(run: () => T): T {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return run();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}
