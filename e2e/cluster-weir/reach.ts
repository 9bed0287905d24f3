import type { ClusterLab } from '../cluster/cluster-lab.ts';
import type { PodView } from '../cluster/pod-view.ts';
import { probeAll } from '../lab/probe.ts';
import { pairUp } from '../lab/target.ts';

/** What became of all connections, or of each: "mixed: 10.244.1.2 allow, fd00:244:1::2 deny". */
export type Reach = 'allow' | 'deny' | `mixed: ${string}`;

/**
 * Real connections to each of the targets over all families that both ends have, without the API server.
 * @param timeout milliseconds of silence that mean a denial
 */
export async function reachAll(from: PodView, to: readonly PodView[], timeout = 400): Promise<Reach> {
  const end = ({ name, network: namespace, addresses }: PodView) =>
    ({ kind: 'pod', name, namespace, addresses }) as const;
  const targets = to.flatMap((pod) => pairUp(end(from), end(pod)).map(({ target }) => target));
  const requests = targets.map((target) => ({
    namespace: from.network,
    source: undefined,
    target,
    protocol: 'TCP' as const,
    port: 8080,
  }));
  const verdicts = (await probeAll(requests, timeout)).map(({ verdict }) => verdict);
  const [first] = verdicts;
  if (first !== undefined && verdicts.every((verdict) => verdict === first)) return first;
  return `mixed: ${targets.map((target, index) => `${target} ${verdicts[index]}`).join(', ')}`;
}

/** Waits until connections to each of the targets are what is expected. @throws ClusterError timed-out */
export async function untilReach(
  cluster: ClusterLab,
  from: PodView,
  to: readonly PodView[],
  expected: Reach,
): Promise<void> {
  let seen: Reach | undefined;
  await cluster.until(
    () => `${expected} from ${from.name} to ${to.map(({ name }) => name).join()}, but ${seen},`,
    async () => {
      seen = await reachAll(from, to);
      return seen === expected;
    },
  );
}
