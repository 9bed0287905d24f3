import type { Digest } from '@weir/proto/digest.ts';

/** A digest that is added to in place, since there are a million items in the first bundles of a large cluster. */
export class DigestSum {
  /** Wrap as the lanes of a digest do. */
  readonly #lanes: Uint32Array;

  constructor(start: Digest = [0, 0, 0, 0]) {
    this.#lanes = Uint32Array.from(start);
  }

  get digest(): Digest {
    const [a = 0, b = 0, c = 0, d = 0] = this.#lanes;
    return [a, b, c, d];
  }

  add(digest: Digest): void {
    this.#change(digest, 1);
  }

  subtract(digest: Digest): void {
    this.#change(digest, -1);
  }

  #change([a, b, c, d]: Digest, sign: 1 | -1): void {
    const lanes = this.#lanes;
    lanes[0] = (lanes[0] ?? 0) + sign * a;
    lanes[1] = (lanes[1] ?? 0) + sign * b;
    lanes[2] = (lanes[2] ?? 0) + sign * c;
    lanes[3] = (lanes[3] ?? 0) + sign * d;
  }
}
