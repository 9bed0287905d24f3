import { isPolicyKind, type PolicyRef } from '../model/policy.ts';
import type { GroupObject, GroupRef, PolicyObject } from '../source/kube/object-facts.ts';

/** What an accepted version is one of: a policy or a CiliumCIDRGroup. */
export type VersionOwner = PolicyRef | GroupRef;

/** A version of it as the API server has it, valid or not. */
export type VersionedObject = PolicyObject | GroupObject;

/** Unique among all of them; a policy's policyKey. */
export const ownerKey = ({ kind, namespace, name }: VersionOwner): string =>
  [kind, namespace, name].join('/');

export const isGroup = (owner: VersionOwner): owner is GroupRef => !isPolicyKind(owner.kind);

export const isGroupObject = (object: VersionedObject): object is GroupObject => isGroup(object.ref);
