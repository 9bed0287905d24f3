import type { Binding } from '../image/image.ts';
import { ownerOf } from '../image/owner.ts';
import type { InstalledEndpoint } from '../kernel/endpoint-table.ts';

/** Whether endpoints are bound otherwise than the kernel has it. */
export function hasMoved(installed: readonly InstalledEndpoint[], bindings: readonly Binding[]): boolean {
  if (installed.length !== bindings.length) return true;
  const byIfindex = new Map(installed.map((endpoint) => [endpoint.ifindex, endpoint]));
  return bindings.some(({ uid, ifindex, instance, observe = false, closed = false }) => {
    const endpoint = byIfindex.get(ifindex);
    return (
      endpoint?.instance !== instance ||
      endpoint.owner !== (closed ? 0 : ownerOf(uid)) ||
      endpoint.observe !== observe ||
      endpoint.closed !== closed
    );
  });
}
