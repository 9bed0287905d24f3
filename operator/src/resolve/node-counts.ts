/**
 * Endpoints by node, where there are any. Most kinds of endpoints are on one node, which needs no map.
 */
export class NodeCounts implements Iterable<readonly [node: string, endpoints: number]> {
  #node: string;
  /** On `#node`, and 0 where there are none; neither says anything once there is `#more`. */
  #endpoints: number;
  #more: Map<string, number> | undefined;

  constructor(node: string, endpoints: number) {
    this.#node = node;
    this.#endpoints = endpoints;
  }

  has(node: string): boolean {
    return this.#more ? this.#more.has(node) : this.#endpoints !== 0 && this.#node === node;
  }

  nodes(): Iterable<string> {
    return this.#more?.keys() ?? (this.#endpoints === 0 ? [] : [this.#node]);
  }

  [Symbol.iterator](): Iterator<readonly [node: string, endpoints: number]> {
    const one = this.#endpoints === 0 ? [] : [[this.#node, this.#endpoints] as const];
    return (this.#more?.entries() ?? one)[Symbol.iterator]();
  }

  /** @returns whether any node is left */
  add(node: string, endpoints: number): boolean {
    const more = this.#more;
    if (more) {
      const sum = (more.get(node) ?? 0) + endpoints;
      if (sum === 0) more.delete(node);
      else more.set(node, sum);
      return more.size > 0;
    }
    if (this.#endpoints !== 0 && this.#node !== node) {
      this.#more = new Map([
        [this.#node, this.#endpoints],
        [node, endpoints],
      ]);
      return true;
    }
    this.#node = node;
    this.#endpoints += endpoints;
    return this.#endpoints !== 0;
  }
}
