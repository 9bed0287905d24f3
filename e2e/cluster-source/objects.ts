import type { ApiClient } from '@weir/operator/src/source/kube/api-client.ts';
import { ApiError } from '@weir/operator/src/source/kube/api-error.ts';
import { field } from '@weir/operator/src/source/kube/object-meta.ts';

export const podPath = '/api/v1/namespaces/default/pods';
export const networkPolicyPath = '/apis/networking.k8s.io/v1/namespaces/default/networkpolicies';
export const ciliumPolicyPath = '/apis/cilium.io/v2/namespaces/default/ciliumnetworkpolicies';
const definitionPath = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

export const pod = (name: string, labels: Readonly<Record<string, string>> = {}): unknown => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, labels },
  spec: { nodeName: 'node-1', containers: [{ name: 'main', image: 'none' }] },
});

export const networkPolicy = (name: string, labels: Readonly<Record<string, string>> = {}): unknown => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name },
  spec: { podSelector: { matchLabels: labels }, policyTypes: ['Ingress'] },
});

export const ciliumPolicy = (
  name: string,
  spec: unknown = { endpointSelector: {}, ingress: [{}] },
): unknown => ({
  apiVersion: 'cilium.io/v2',
  kind: 'CiliumNetworkPolicy',
  metadata: { name },
  spec,
});

export const create = (client: ApiClient, path: string, body: unknown): Promise<unknown> =>
  client.request({ method: 'POST', path, body });

export const remove = (client: ApiClient, path: string): Promise<unknown> =>
  client.request({ method: 'DELETE', path, query: { gracePeriodSeconds: 0 } });

/** As a kubelet does. */
export const giveAddress = (client: ApiClient, name: string, address: string): Promise<unknown> =>
  client.request({
    method: 'PATCH',
    path: `${podPath}/${name}/status`,
    contentType: 'application/merge-patch+json',
    body: { status: { phase: 'Running', podIP: address, podIPs: [{ ip: address }] } },
  });

/** Runs jobs, some at a time. */
export async function each(count: number, job: (index: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) await job(next++);
  };
  await Promise.all(Array.from({ length: 16 }, worker));
}

/** Cilium's kinds with no more of a schema than is needed to store anything. */
export async function installCilium(client: ApiClient): Promise<void> {
  for (const [kind, plural, scope] of [
    ['CiliumNetworkPolicy', 'ciliumnetworkpolicies', 'Namespaced'],
    ['CiliumClusterwideNetworkPolicy', 'ciliumclusterwidenetworkpolicies', 'Cluster'],
  ] as const) {
    const schema = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
    await create(client, definitionPath, {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: `${plural}.cilium.io` },
      spec: {
        group: 'cilium.io',
        scope,
        names: { kind, plural, singular: kind.toLowerCase(), listKind: `${kind}List` },
        versions: [{ name: 'v2', served: true, storage: true, schema: { openAPIV3Schema: schema } }],
      },
    });
  }
}

/** Until it does not throw what the API server may answer for a moment. */
export async function retry(job: () => Promise<unknown>): Promise<void> {
  const deadline = performance.now() + 60_000;
  for (;;) {
    try {
      await job();
      return;
    } catch (error) {
      if (!(error instanceof ApiError) || performance.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

/** Puts another version in place of the one that there is. */
export const replace = (client: ApiClient, path: string, name: string, object: unknown): Promise<unknown> =>
  client.request({
    method: 'PATCH',
    path: `${path}/${name}`,
    contentType: 'application/merge-patch+json',
    body: { spec: { ...Object(field(object, 'spec')), ingres: null } },
  });
