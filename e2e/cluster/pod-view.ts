import type { LabPlan } from '../lab/plan.ts';
import { podPrefix } from '../lab/plan.ts';
import type { Place } from '../lab/target.ts';
import type { ControlPlane } from './control-plane.ts';

/** A pod as the API server has it. */
export interface PodView {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Empty until it is scheduled. */
  readonly node: string;
  readonly phase: string;
  readonly ready: boolean;
  readonly hostNetwork: boolean;
  readonly terminating: boolean;
  /** IPv4 first. */
  readonly addresses: readonly string[];
  /** Its network namespace: that of its node for host-network pods. */
  readonly network: string;
}

/** A pod, a node or the world, without its name. */
export type ClusterPlace = Omit<Place, 'name'>;

interface PodJson {
  readonly metadata: {
    readonly namespace: string;
    readonly name: string;
    readonly uid: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly deletionTimestamp?: string;
  };
  readonly spec: { readonly nodeName?: string; readonly hostNetwork?: boolean };
  readonly status: {
    readonly phase?: string;
    readonly podIPs?: readonly { readonly ip: string }[];
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
  };
}

/** @throws ClusterError command-failed */
export async function readPods(
  control: ControlPlane,
  plan: LabPlan,
  namespace?: string,
  selector = '',
): Promise<readonly PodView[]> {
  const where = namespace === undefined ? ['--all-namespaces'] : ['-n', namespace];
  const list = await control.get<{ readonly items: readonly PodJson[] }>('pods', ...where, '-l', selector);
  return list.items.map((item) => viewOf(item, plan));
}

function viewOf({ metadata, spec, status }: PodJson, plan: LabPlan): PodView {
  const hostNetwork = spec.hostNetwork === true;
  const node = plan.nodes.find(({ name }) => name === spec.nodeName);
  return {
    namespace: metadata.namespace,
    name: metadata.name,
    uid: metadata.uid,
    labels: metadata.labels ?? {},
    node: spec.nodeName ?? '',
    phase: status.phase ?? '',
    ready: (status.conditions ?? []).some((one) => one.type === 'Ready' && one.status === 'True'),
    hostNetwork,
    terminating: metadata.deletionTimestamp !== undefined,
    addresses: (status.podIPs ?? []).map(({ ip }) => ip),
    network: hostNetwork ? (node?.namespace ?? '') : `${podPrefix(plan.name)}${metadata.uid}`,
  };
}
