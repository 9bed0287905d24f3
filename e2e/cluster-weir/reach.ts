import type { PodView } from '../cluster/pod-view.ts';
import { probeAll } from '../lab/probe.ts';
import { pairUp } from '../lab/target.ts';

/** What became of real connections over all families that both pods have; "mixed": of some. */
export type Reach = 'allow' | 'deny' | 'mixed';

/** Without the API server. @param timeout milliseconds of silence that mean a denial */
export async function reach(from: PodView, to: PodView, timeout = 400): Promise<Reach> {
  const end = ({ name, network: namespace, addresses }: PodView) =>
    ({ kind: 'pod', name, namespace, addresses }) as const;
  const requests = pairUp(end(from), end(to)).map(({ target }) => ({
    namespace: from.network,
    source: undefined,
    target,
    protocol: 'TCP' as const,
    port: 8080,
  }));
  const verdicts = new Set((await probeAll(requests, timeout)).map(({ verdict }) => verdict));
  const [only] = verdicts;
  return verdicts.size === 1 && only !== undefined ? only : 'mixed';
}

/** To each of the targets. */
export async function reachAll(from: PodView, to: readonly PodView[]): Promise<Reach> {
  const found = new Set(await Promise.all(to.map((target) => reach(from, target))));
  const [only] = found;
  return found.size === 1 && only !== undefined ? only : 'mixed';
}
