import type { Bundle } from '../bundle.ts';
import type { Binding, Image } from './image.ts';
import { ImageState } from './image-state.ts';

/**
 * The image of a bundle. `localAddresses` are the node's own, 4 or 16 bytes each, in network order; a binding whose
 * endpoint is not in the bundle is left out. Throws AgentError over-limit or image-invalid.
 */
export const buildImage = (
  bundle: Bundle,
  bindings: readonly Binding[],
  localAddresses: readonly Uint8Array[],
): Image => new ImageState(0).load(bundle, bindings, localAddresses);
