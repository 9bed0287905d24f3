import { isPolicyKind } from '../model/policy.ts';
import type { ApiRequest } from '../source/kube/api-client.ts';
import { field, type ObjectMeta, text } from '../source/kube/object-meta.ts';
import { type KubeResource, pathOf } from '../source/kube/resources.ts';
import type { Version } from './accepted-versions.ts';
import { type Condition, readConditions } from './condition.ts';
import { isNamespaced, pluralOf, versionedApiVersion, versionedKindName } from './policy-kinds.ts';
import type { VersionOwner } from './version-owner.ts';
import { mergePatch } from './writing.ts';

export const versionResource: KubeResource<'ControllerRevision'> = {
  kind: 'ControllerRevision',
  group: 'apps',
  version: 'v1',
  plural: 'controllerrevisions',
  optional: false,
};

/** An accepted version, kept as a ControllerRevision of apps/v1 that the policy or CiliumCIDRGroup owns. */
export interface StoredVersion {
  /** Of the ControllerRevision. */
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly resourceVersion: string;
  readonly ref: VersionOwner;
  readonly version: Version;
  /** Of a policy whose kind has no status. */
  readonly conditions: readonly Condition[];
}

/** Which ControllerRevisions are ours. */
export const versionLabel = 'weir.dev/accepted-version';
/** The owner's uid, to be found by. */
export const policyUidLabel = 'weir.dev/policy-uid';
const hashLabel = 'weir.dev/content-hash';
/** JSON of a status, on what is owned by a policy whose kind has none. */
export const statusAnnotation = 'weir.dev/status';

const maxName = 253;

/**
 * The ControllerRevision as it is created. Its data can't be changed, so each version has one of its own.
 *
 * @param namespace for owners of cluster scope; the garbage collector honours these from any namespace
 */
export function versionObject(
  ref: VersionOwner,
  version: Version & { readonly content: string },
  namespace: string,
): unknown {
  const { uid, generation, hash, content } = version;
  const prefix = `${pluralOf(ref.kind)}.`;
  // Nothing is read from the name; it only must not be another object's.
  const room = maxName - prefix.length - hash.length - uid.length - 2;
  const stem =
    ref.name.length > room ? `${ref.name.slice(0, room).replace(/[^a-z0-9]+$/, '')}.${uid}` : ref.name;
  return {
    apiVersion: 'apps/v1',
    kind: 'ControllerRevision',
    metadata: {
      namespace: ref.namespace || namespace,
      name: `${prefix}${stem}.${hash}`,
      labels: {
        'app.kubernetes.io/managed-by': 'weir-operator',
        [versionLabel]: 'true',
        [policyUidLabel]: uid,
        [hashLabel]: hash,
      },
      ownerReferences: [
        { apiVersion: versionedApiVersion(ref.kind), kind: versionedKindName(ref.kind), name: ref.name, uid },
      ],
    },
    revision: generation,
    data: JSON.parse(content),
  };
}

/** @param namespace for owners of cluster scope */
export const versionCreation = (
  ref: VersionOwner,
  version: Version & { readonly content: string },
  namespace: string,
): ApiRequest => ({
  method: 'POST',
  path: folderOf(ref.namespace || namespace),
  body: versionObject(ref, version, namespace),
});

export const versionRemoval = ({ namespace, name, uid }: StoredVersion): ApiRequest => ({
  method: 'DELETE',
  path: `${folderOf(namespace)}/${name}`,
  body: { apiVersion: 'v1', kind: 'DeleteOptions', preconditions: { uid } },
});

/** Of the status that is kept with it. */
export const versionUpdate = (
  { namespace, name, uid }: StoredVersion,
  conditions: readonly unknown[],
): ApiRequest => ({
  method: 'PATCH',
  path: `${folderOf(namespace)}/${name}`,
  contentType: mergePatch,
  body: { metadata: { uid, annotations: { [statusAnnotation]: JSON.stringify({ conditions }) } } },
});

const folderOf = (namespace: string): string =>
  pathOf(versionResource).replace(/\/controllerrevisions$/, `/namespaces/${namespace}/controllerrevisions`);

/** Undefined: it does not say what it has to. */
export function readVersion(value: unknown, meta: ObjectMeta): StoredVersion | undefined {
  const metadata = field(value, 'metadata');
  const owners = field(metadata, 'ownerReferences');
  const owner = Array.isArray(owners) ? owners[0] : undefined;
  const generation = field(value, 'revision');
  const ref = readOwner(text(owner, 'kind'), meta.namespace, text(owner, 'name'));
  if (!ref || typeof generation !== 'number') return undefined;
  const { namespace, name, uid, resourceVersion } = meta;
  return {
    namespace,
    name,
    uid,
    resourceVersion,
    ref,
    version: {
      uid: text(owner, 'uid'),
      generation,
      hash: text(field(metadata, 'labels'), hashLabel),
      content: JSON.stringify(field(value, 'data') ?? {}),
    },
    conditions: readConditions(parse(text(field(metadata, 'annotations'), statusAnnotation))),
  };
}

/** @param kind as Kubernetes names it */
function readOwner(kind: string, namespace: string, name: string): VersionOwner | undefined {
  if (kind === versionedKindName('CidrGroup')) return { kind: 'CidrGroup', namespace: '', name };
  return isPolicyKind(kind) ? { kind, namespace: isNamespaced(kind) ? namespace : '', name } : undefined;
}

function parse(json: string): unknown {
  try {
    return json === '' ? undefined : JSON.parse(json);
  } catch {
    return undefined;
  }
}
