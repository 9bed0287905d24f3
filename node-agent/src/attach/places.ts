/** Which endpoint is on which interface, found step by step: each endpoint has one, and each interface one endpoint. */
export class Places<Endpoint extends { readonly uid: string }> {
  readonly #found = new Map<string, number>();
  readonly #taken = new Set<number>();
  #rest: readonly Endpoint[];

  constructor(endpoints: Iterable<Endpoint>) {
    this.#rest = [...endpoints];
  }

  /** Interfaces by uid. */
  get found(): ReadonlyMap<string, number> {
    return this.#found;
  }

  isFree(ifindex: number): boolean {
    return !this.#taken.has(ifindex);
  }

  /**
   * Places the endpoints that have exactly one candidate (an ifindex) that no other has taken; again and again, since
   * each leaves fewer to the others.
   */
  settle(candidates: (endpoint: Endpoint) => readonly number[]): void {
    let before: number;
    do {
      before = this.#found.size;
      this.#rest = this.#rest.filter((endpoint) => !this.#place(endpoint.uid, candidates(endpoint)));
    } while (this.#found.size > before);
  }

  #place(uid: string, candidates: readonly number[]): boolean {
    const free = new Set(candidates.filter((ifindex) => this.isFree(ifindex)));
    const [only] = free;
    if (only === undefined || free.size > 1) return false;
    this.#found.set(uid, only);
    this.#taken.add(only);
    return true;
  }
}
