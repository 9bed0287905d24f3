import type { SetId } from './id-sets.ts';
import { at, grown } from './words.ts';

/** What the addresses of a class have in common. */
export interface Signature {
  readonly world: boolean;
  /** Twice the numbers of the selectors that match. */
  readonly set: SetId;
}

const noClass = 0xffff_ffff;

/** Peer classes: slots with the same signature. A number is kept while a slot has it. */
export class Classes {
  readonly #bySignature = new Map<number, number>();
  readonly #signatures: (Signature | undefined)[] = [];
  readonly #references: number[] = [];
  #ofSlot = new Uint32Array(64).fill(noClass);
  #free: number[] = [];
  readonly #created = new Set<number>();

  /** Numbers that were ever given; all are below it. */
  get size(): number {
    return this.#signatures.length;
  }

  /** The classes that were made since the last `settle`. */
  get created(): ReadonlySet<number> {
    return this.#created;
  }

  /** -1: none. */
  ofSlot(slot: number): number {
    const number = this.#ofSlot[slot] ?? noClass;
    return number === noClass ? -1 : number;
  }

  /** Undefined: the class is not used. */
  signature(number: number): Signature | undefined {
    return this.#signatures[number];
  }

  /** Puts a slot into the class of a signature, or into none; gives the class, -1 for none. */
  assign(slot: number, signature: Signature | undefined): number {
    if (slot >= this.#ofSlot.length) {
      const former = this.#ofSlot.length;
      this.#ofSlot = grown(this.#ofSlot, slot + 1);
      this.#ofSlot.fill(noClass, former);
    }
    const former = at(this.#ofSlot, slot);
    const next = signature ? this.#take(signature) : noClass;
    this.#ofSlot[slot] = next;
    if (former !== noClass) this.#drop(former);
    return next === noClass ? -1 : next;
  }

  settle(): void {
    this.#created.clear();
  }

  #take(signature: Signature): number {
    const key = signature.set * 2 + Number(signature.world);
    let number = this.#bySignature.get(key);
    if (number === undefined) {
      number = this.#free.pop() ?? this.#signatures.length;
      this.#signatures[number] = signature;
      this.#references[number] = 0;
      this.#bySignature.set(key, number);
      this.#created.add(number);
    }
    this.#references[number] = (this.#references[number] ?? 0) + 1;
    return number;
  }

  #drop(number: number): void {
    const left = (this.#references[number] ?? 0) - 1;
    this.#references[number] = left;
    if (left > 0) return;
    const signature = this.#signatures[number];
    if (signature) this.#bySignature.delete(signature.set * 2 + Number(signature.world));
    this.#signatures[number] = undefined;
    this.#created.delete(number);
    this.#free.push(number);
  }
}
