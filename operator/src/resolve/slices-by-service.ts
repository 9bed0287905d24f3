import type { EndpointSlice } from '../model/service.ts';
import { serviceOfSlice } from './peer-context.ts';

/** The slices of each service. */
export class SlicesByService {
  readonly #slices = new Map<string, Set<EndpointSlice>>();

  of(serviceKey: string): Iterable<EndpointSlice> {
    return this.#slices.get(serviceKey) ?? [];
  }

  setSlice(from: EndpointSlice | undefined, to: EndpointSlice | undefined): void {
    if (from) this.#remove(from);
    if (to) this.#add(to);
  }

  #add(slice: EndpointSlice): void {
    const key = serviceOfSlice(slice);
    const slices = this.#slices.get(key);
    if (slices) slices.add(slice);
    else this.#slices.set(key, new Set([slice]));
  }

  #remove(slice: EndpointSlice): void {
    const key = serviceOfSlice(slice);
    const slices = this.#slices.get(key);
    if (slices?.delete(slice) && slices.size === 0) this.#slices.delete(key);
  }
}
