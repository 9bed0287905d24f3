import type { Problem } from '../../model/event.ts';
import { childPath, itemPath } from './field-path.ts';

/** How a kind is read: `refused` as a custom resource's schema does it, `absent` as Kubernetes' built-in kinds do. */
export type NullRule = 'refused' | 'absent';

/** The fields that an object may have. */
export interface FieldNames {
  readonly known: readonly string[];
  /** Valid in the language, but this version can't honour them. */
  readonly unsupported?: readonly string[];
  /** Names that the caller has more to say about. */
  readonly judged?: readonly string[];
}

/**
 * A value of a manifest and its place in it. Reading never throws: what is wrong is added to the list of problems
 * that all fields of one manifest share, and undefined is returned.
 */
export class Field {
  readonly value: unknown;
  readonly path: string;
  readonly #nulls: NullRule;
  readonly #problems: Problem[];

  constructor(value: unknown, nulls: NullRule, problems: Problem[], path = '') {
    this.value = value;
    this.path = path;
    this.#nulls = nulls;
    this.#problems = problems;
  }

  get present(): boolean {
    return this.value !== undefined && this.value !== null;
  }

  /** So far, in the whole manifest. */
  get problemCount(): number {
    return this.#problems.length;
  }

  refuse(message: string): undefined {
    this.#problems.push({ path: this.path, message });
    return undefined;
  }

  get(key: string): Field {
    const { value } = this;
    const child = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
    return new Field(child, this.#nulls, this.#problems, childPath(this.path, key));
  }

  /** True for an object that has no other fields than these; each other one is a problem. */
  object(names?: FieldNames): boolean {
    if (!isObject(this.value)) {
      this.refuse(`must be an object, is ${describe(this.value)}`);
      return false;
    }
    if (names === undefined) return true;
    const before = this.#problems.length;
    for (const key of Object.keys(this.value)) this.#checkKey(key, names);
    return this.#problems.length === before;
  }

  #checkKey(key: string, { known, unsupported = [], judged = [] }: FieldNames): void {
    const field = this.get(key);
    if (unsupported.includes(key)) field.refuse(`${key} is not supported by this version of Weir`);
    else if (!known.includes(key) && !judged.includes(key))
      field.refuse(`unknown field ${describe(key)}; known here: ${known.join(', ')}`);
    else if (field.value === null && this.#nulls === 'refused')
      field.refuse('is null; give it a value or leave the field out');
  }

  /** The entries of a list; none where the field is absent or no list. */
  items(): readonly Field[] {
    const { value } = this;
    if (!this.present) return [];
    if (!Array.isArray(value)) {
      this.refuse(`must be a list, is ${describe(value)}`);
      return [];
    }
    return value.map(
      (item: unknown, at) => new Field(item, this.#nulls, this.#problems, itemPath(this.path, at)),
    );
  }

  string(): string | undefined {
    if (typeof this.value === 'string') return this.value;
    const quote =
      typeof this.value === 'number' || typeof this.value === 'boolean' ? '; put it in quotes' : '';
    return this.refuse(`must be a string, is ${describe(this.value)}${quote}`);
  }

  integer(least: number, greatest: number): number | undefined {
    const { value } = this;
    if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= greatest)
      return value;
    return this.refuse(`must be a whole number from ${least} to ${greatest}, is ${describe(value)}`);
  }

  /** False where the field is absent. */
  boolean(): boolean {
    if (this.present && typeof this.value !== 'boolean')
      this.refuse(`must be true or false, is ${describe(this.value)}`);
    return this.value === true;
  }

  /** A map of strings; empty where the field is absent. */
  stringMap(): ReadonlyMap<string, string> {
    const map = new Map<string, string>();
    if (!this.present || !this.object()) return map;
    for (const key of Object.keys(Object(this.value))) {
      const text = this.get(key).string();
      if (text !== undefined) map.set(key, text);
    }
    return map;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** For messages: a scalar as JSON, shortened; anything else by its type. */
export function describe(value: unknown): string {
  if (value === undefined) return 'absent';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  const text = JSON.stringify(value) ?? typeof value;
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
