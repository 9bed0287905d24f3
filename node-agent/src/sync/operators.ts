/** "host:port"; an IPv6 address stands in brackets. */
const address = /^(\[[0-9a-fA-F:.]+\]|[\w.-]{1,253}):\d{1,5}$/;

/**
 * Which operator to go to next. After a wait all of them are tried, one after the other, and besides the one that
 * another named as the leader.
 */
export class Operators {
  readonly #targets: readonly string[];
  #turn = 0;
  /** Named as the leader. */
  #named: string | undefined;
  /** Since the last wait. */
  #followed = false;
  #tried = 0;

  /** @param targets "host:port", with commas between */
  constructor(targets: string) {
    this.#targets = targets.split(',');
  }

  get current(): string {
    return this.#named ?? this.#targets[this.#turn % this.#targets.length] ?? '';
  }

  /**
   * The current one did not serve.
   *
   * @param leader whom it named, if it did; what is no address is nobody
   * @returns whether the next is to be tried without a wait
   */
  refused(leader: string | undefined): boolean {
    // Once: two that have not heard of each other's fall may name each other.
    const isNews = !this.#followed && leader !== this.current && isAddress(leader);
    if (this.#named === undefined) {
      this.#turn += 1;
      this.#tried += 1;
    }
    this.#named = isNews ? leader : undefined;
    this.#followed ||= isNews;
    const goesOn = isNews || this.#tried < this.#targets.length;
    if (!goesOn) this.#rest();
    return goesOn;
  }

  /** The current one has served and does so no longer; the next is tried after a wait. */
  left(leader: string | undefined): void {
    if (this.#named === undefined) this.#turn += 1;
    this.#named = isAddress(leader) ? leader : undefined;
    this.#rest();
  }

  #rest(): void {
    this.#followed = this.#named !== undefined;
    this.#tried = 0;
  }
}

const isAddress = (text: string | undefined): boolean => text !== undefined && address.test(text);
