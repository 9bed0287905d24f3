import type { Bundle } from '../bundle.ts';
import type { Binding } from '../image/image.ts';

/** The interfaces of the bindings, those first whose endpoints some policy governs: the others are open anyhow. */
export function attachOrder(
  { endpoints }: Pick<Bundle, 'endpoints'>,
  bindings: readonly Binding[],
): ReadonlySet<number> {
  const isGoverned = ({ uid }: Binding): boolean => {
    const endpoint = endpoints.get(uid);
    return endpoint !== undefined && endpoint.ingressTable.length + endpoint.egressTable.length > 0;
  };
  const governed = bindings.filter(isGoverned);
  const others = bindings.filter((binding) => !isGoverned(binding));
  return new Set([...governed, ...others].map(({ ifindex }) => ifindex));
}
