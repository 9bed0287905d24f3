import { emptyDigest } from '@weir/proto/digest.ts';
import type { Bundle, BundleChange } from '../bundle.ts';
import { describeImage, type ImageDescription } from './describe.ts';
import type { Binding, Image } from './image.ts';
import { ImageState } from './image-state.ts';

/** More interned sets than this are garbage for the most part: all is built anew. */
const mostSets = 500_000;

const emptyBundle: Bundle = {
  revision: 0,
  digest: emptyDigest,
  endpoints: new Map(),
  identities: new Map(),
  prefixes: new Map(),
  selectors: new Map(),
  memberships: new Map(),
  tables: new Map(),
  services: new Map(),
  observe: false,
};

/**
 * Keeps the image of a bundle that changes; a change costs what it changes. The image means the same as that of
 * `buildImage`, but numbers of slots, classes and nodes may differ.
 */
export class ImageBuilder {
  #state: ImageState;
  #image: Image;
  /** Whether a change was refused: the state is not that of the former bundle any more. */
  #isStale = false;

  constructor() {
    this.#state = new ImageState(0);
    this.#image = this.#state.load(emptyBundle, [], []);
  }

  /**
   * Goes on to the bundle after the change. `bindings` and `localAddresses` (4 or 16 bytes each) are all there are
   * now; a binding whose endpoint is not in the bundle is left out. Throws AgentError over-limit or image-invalid;
   * the image is then the former one.
   */
  update(change: BundleChange, bindings: readonly Binding[], localAddresses: readonly Uint8Array[]): void {
    const whole = change.whole || this.#isStale || this.#state.sets.size > mostSets;
    this.#isStale = true;
    if (whole) {
      const state = new ImageState(this.#state.endpointBits);
      this.#image = state.load(change.bundle, bindings, localAddresses);
      this.#state = state;
    } else this.#image = this.#state.change(change, bindings, localAddresses);
    this.#isStale = false;
  }

  /** Valid until the next `update`, which writes into the same arrays. */
  get image(): Image {
    return this.#image;
  }

  /** What the numbers in events mean, as of the last `update`. */
  get description(): ImageDescription {
    return describeImage(this.#state);
  }
}
