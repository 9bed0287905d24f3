import type { Metrics } from '../controller/metrics.ts';
import type { PolicyState } from '../model/cluster.ts';
import type { Counted } from '../push/read-request.ts';
import type { ResourceStatus } from '../source/kube/kube-source.ts';
import type { StatusCounts } from '../status/status-counts.ts';

/** What is asked whenever metrics are read. */
export interface Measured {
  readonly leads: () => boolean;
  readonly canServe: () => boolean;
  readonly agents: () => number;
  /** Agents. */
  readonly waiting: () => number;
  /** By node. */
  readonly counted: () => ReadonlyMap<string, Counted>;
  readonly resources: () => readonly ResourceStatus[];
  readonly policies: () => Iterable<PolicyState>;
  /** Undefined: nothing is told in an API server. */
  readonly counts: () => StatusCounts | undefined;
}

/** Whether what is known of a resource is what the API server has, by the kind of its reflector's state. */
export const isCurrent = (kind: string): boolean => kind === 'watching' || kind === 'absent';

const none: ReadonlyMap<string, number> = new Map();

/** Adds what is counted of the operator as a whole. */
export function measureOperator(metrics: Metrics, measured: Measured): void {
  const { leads, canServe, agents, waiting, resources, policies, counts } = measured;
  metrics.gauge('weir_leading', 'Whether agents are served here: 1, or 0 on a standby.', () =>
    leads() ? 1 : 0,
  );
  metrics.gauge(
    'weir_can_serve',
    'Whether agents could be served here: 0 while there is no valid certificate to show, or at the start.',
    () => (canServe() ? 1 : 0),
  );
  metrics.gauge('weir_agents', 'Agents that have a stream here.', agents);
  metrics.gauge('weir_agents_waiting', 'Agents that wait here for somebody to lead.', waiting);
  metrics.gauge(
    'weir_source_objects',
    'Objects of the API server that are known.',
    () => new Map(resources().map(({ resource, objects }) => [resource, objects])),
    'resource',
  );
  metrics.gauge(
    'weir_source_current',
    'Whether what is known of a resource is what the API server has: 0 while it can not be read.',
    () => new Map(resources().map(({ resource, state }) => [resource, isCurrent(state.kind) ? 1 : 0])),
    'resource',
  );
  metrics.gauge(
    'weir_policies',
    'Policies by what is in force for them: accepted is their newest version; of refused ones the former version, or, isolated, none.',
    () => countByVersion(policies()),
    'version',
  );
  metrics.gauge(
    'weir_policies_enforced',
    'Policies by the reason of their condition Enforced, at the operator that leads; Untold: they have none.',
    () => counts()?.policies ?? none,
    'reason',
  );
  metrics.gauge(
    'weir_nodes',
    'Nodes by the reason of Ready in their PolicyBundle, at the operator that leads; Untold: nothing can be said yet.',
    () => counts()?.nodes ?? none,
    'reason',
  );
  metrics.gauge(
    'weir_behind_seconds',
    'How long the oldest change waits that a connected node does not enforce.',
    () => counts()?.behindSeconds ?? 0,
  );
  metrics.gauge(
    'weir_status_waiting',
    'Writes of status that wait for their turn, by urgency.',
    () => counts()?.waiting ?? none,
    'urgency',
  );
  measureNodes(metrics, measured);
}

/** Adds what the programs of the nodes count; their totals begin anew with other maps, as counters may. */
function measureNodes(metrics: Metrics, { counted }: Pick<Measured, 'counted'>): void {
  const totals = (name: string, help: string, total: (counted: Counted) => number) =>
    metrics.totals(
      name,
      help,
      'node',
      () => new Map([...counted()].map(([node, one]) => [node, total(one)])),
    );
  totals(
    'weir_denied_packets_total',
    'Packets that the programs of a node have dropped.',
    ({ denied }) => denied,
  );
  totals(
    'weir_observed_denials_total',
    'Packets that would have been dropped on a node that only observes.',
    ({ observedDenials }) => observedDenials,
  );
  totals(
    'weir_untold_flows_total',
    'Flows of a node that are not in its log: beyond the rate of their endpoint, or more at once than can be read.',
    ({ untold }) => untold,
  );
}

function countByVersion(policies: Iterable<PolicyState>): ReadonlyMap<string, number> {
  const counts = { accepted: 0, refused: 0, isolated: 0 };
  for (const { accepted, refused } of policies) {
    if (!accepted) counts.isolated += 1;
    else if (refused) counts.refused += 1;
    else counts.accepted += 1;
  }
  return new Map(Object.entries(counts));
}
