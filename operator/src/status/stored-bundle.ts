import type { ApiRequest } from '../source/kube/api-client.ts';
import { field, type ObjectMeta, text } from '../source/kube/object-meta.ts';
import { type KubeResource, pathOf } from '../source/kube/resources.ts';
import { type BundleStatus, bundlePatch, readBundleStatus } from './bundle-status.ts';
import { mergePatch } from './writing.ts';

export const bundleResource: KubeResource<'PolicyBundle'> = {
  kind: 'PolicyBundle',
  group: 'weir.dev',
  version: 'v1alpha1',
  plural: 'policybundles',
  optional: true,
};

/** A PolicyBundle as the API server has it. */
export interface StoredBundle {
  readonly uid: string;
  /** The API server's versions are numbers that grow. */
  readonly version: number;
  /** Uid of the Node that owns it; empty: none does. */
  readonly owner: string;
  readonly status: BundleStatus;
}

const path = pathOf(bundleResource);

export function readStored(value: unknown, { uid, resourceVersion }: ObjectMeta): StoredBundle {
  const owners = field(field(value, 'metadata'), 'ownerReferences');
  const owner = Array.isArray(owners) ? owners.find((one) => text(one, 'kind') === 'Node') : undefined;
  return {
    uid,
    version: Number(resourceVersion),
    owner: text(owner, 'uid'),
    status: readBundleStatus(field(value, 'status')),
  };
}

/** @param owner uid of the Node */
export const bundleCreation = (node: string, owner: string): ApiRequest => ({
  method: 'POST',
  path,
  body: {
    apiVersion: 'weir.dev/v1alpha1',
    kind: 'PolicyBundle',
    metadata: {
      name: node,
      labels: { 'app.kubernetes.io/managed-by': 'weir-operator' },
      ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name: node, uid: owner }],
    },
  },
});

export const bundleRemoval = (node: string, uid: string): ApiRequest => ({
  method: 'DELETE',
  path: `${path}/${node}`,
  body: { apiVersion: 'v1', kind: 'DeleteOptions', preconditions: { uid } },
});

export const bundleUpdate = (node: string, uid: string, status: BundleStatus): ApiRequest => ({
  method: 'PATCH',
  path: `${path}/${node}/status`,
  contentType: mergePatch,
  body: { metadata: { uid }, status: bundlePatch(status) },
});
