import { Cluster, type ClusterState } from '@weir/operator/src/model/cluster.ts';
import type { Namespace, Node, Pod } from '@weir/operator/src/model/endpoint.ts';
import type { ClusterObject, Problem } from '@weir/operator/src/model/event.ts';
import { defaultSettings, type Settings } from '@weir/operator/src/model/settings.ts';
import { decodeObject, problemsOf } from '@weir/operator/src/source/decode/decode-object.ts';
import { parseAddress } from './address.ts';
import { type Case, type CaseNamespace, type CaseNode, type CasePod, isEndpointQuery } from './case.ts';
import { entityObjects } from './entity-objects.ts';

/** A case as the operator knows it. */
export interface BuiltCase {
  readonly state: ClusterState;
  /** In the order in which they came into the cluster. */
  readonly objects: readonly ClusterObject[];
  /** Of all objects that were refused, in any way. */
  readonly problems: readonly Problem[];
}

export function buildState(of: Case): BuiltCase {
  const settings = toSettings(of);
  const objects: ClusterObject[] = [
    ...(of.namespaces ?? []).map(toNamespace),
    ...(of.nodes ?? []).map(toNode),
    ...(of.pods ?? []).map(toPod),
    ...entityObjects(askedEntities(of)),
  ];
  const problems: Problem[] = [];
  for (const value of of.objects ?? []) {
    const decoded = decodeObject(value, settings);
    problems.push(...problemsOf(decoded));
    if (decoded.kind === 'object') objects.push(decoded.object);
  }
  const cluster = new Cluster(settings);
  for (const object of objects) cluster.apply({ kind: 'upsert', object });
  return { state: cluster.state, objects, problems };
}

const askedEntities = ({ queries }: Case): ReadonlySet<string> =>
  new Set(
    (queries ?? []).filter(isEndpointQuery).flatMap(({ peer }) => ('entity' in peer ? [peer.entity] : [])),
  );

function toSettings({ defaults }: Case): Settings {
  return {
    enablePolicy: defaults?.enforcement ?? defaultSettings.enablePolicy,
    allowLocalhost: defaults?.allowLocalhost ?? defaultSettings.allowLocalhost,
    clusterName: defaults?.localCluster ?? defaultSettings.clusterName,
    policyDefaultLocalCluster:
      defaults?.policyDefaultLocalCluster ?? defaultSettings.policyDefaultLocalCluster,
    networkPolicyIpBlock: defaults?.networkPolicyIPBlock ?? defaultSettings.networkPolicyIpBlock,
    policyCidrMatchMode: {
      pods: defaults?.policyCIDRMatchMode?.includes('pods') ?? defaultSettings.policyCidrMatchMode.pods,
      nodes: defaults?.policyCIDRMatchMode?.includes('nodes') ?? defaultSettings.policyCidrMatchMode.nodes,
    },
    enableNodeSelectorLabels: defaults?.enableNodeSelectorLabels ?? defaultSettings.enableNodeSelectorLabels,
    enableExtendedIpProtocols:
      defaults?.enableExtendedIPProtocols ?? defaultSettings.enableExtendedIpProtocols,
    observe: defaultSettings.observe,
  };
}

const toLabels = ({ labels }: CaseNamespace): ReadonlyMap<string, string> =>
  new Map(Object.entries(labels ?? {}));

const toNamespace = (of: CaseNamespace): Namespace => ({
  kind: 'Namespace',
  name: of.name,
  labels: toLabels(of),
});

const toNode = (of: CaseNode): Node => ({
  kind: 'Node',
  name: of.name,
  labels: toLabels(of),
  addresses: (of.ips ?? []).map(parseAddress),
});

const toPod = (of: CasePod): Pod => ({
  kind: 'Pod',
  namespace: of.namespace,
  name: of.name,
  uid: `${of.cluster === undefined ? '' : `${of.cluster}/`}${of.namespace}/${of.name}`,
  labels: toLabels(of),
  serviceAccount: of.serviceAccount ?? 'default',
  node: of.node ?? '',
  addresses: (of.ips ?? []).map(parseAddress),
  ports: (of.ports ?? []).map(({ name, protocol, containerPort }) => ({
    name,
    protocol,
    port: containerPort,
  })),
  hostNetwork: of.hostNetwork ?? false,
  finished: false,
  terminating: false,
  started: 0,
  cluster: of.cluster,
});
