import type { Pod } from '../model/endpoint.ts';
import { portNameKey } from './label-keys.ts';

/** Which numbers the cluster's pods give to each port name. */
export class NamedPorts {
  readonly #counts = new Map<string, Map<number, number>>();
  readonly #changed = new Set<string>();

  setPod(from: Pod | undefined, to: Pod | undefined): void {
    for (const port of from?.ports ?? []) this.#count(portNameKey(port), port.port, -1);
    for (const port of to?.ports ?? []) this.#count(portNameKey(port), port.port, 1);
  }

  /** Ascending. */
  numbers(nameKey: string): readonly number[] {
    return [...(this.#counts.get(nameKey)?.keys() ?? [])].sort((a, b) => a - b);
  }

  /** Names that may have other numbers than at the last call. */
  takeChanged(): readonly string[] {
    const changed = [...this.#changed];
    this.#changed.clear();
    return changed;
  }

  #count(nameKey: string, number: number, change: 1 | -1): void {
    let counts = this.#counts.get(nameKey);
    if (!counts) {
      counts = new Map();
      this.#counts.set(nameKey, counts);
    }
    const count = (counts.get(number) ?? 0) + change;
    if (count > 0) counts.set(number, count);
    else counts.delete(number);
    if (counts.size === 0) this.#counts.delete(nameKey);
    if (count === (change > 0 ? 1 : 0)) this.#changed.add(nameKey);
  }
}
