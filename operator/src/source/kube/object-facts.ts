import type { Problem } from '../../model/event.ts';
import type { PolicyRef } from '../../model/policy.ts';
import { field, type ObjectMeta, text } from './object-meta.ts';

/** What a policy says besides what it is compiled by. */
export interface PolicyContent {
  /** Its `spec` and `specs` as JSON, from which it can be decoded again. */
  readonly content: string;
  /** As the API server has it. */
  readonly status: unknown;
}

/** A policy as the API server has it, valid or not; what its status is written by. */
export interface PolicyObject extends ObjectMeta, PolicyContent {
  readonly ref: PolicyRef;
  /** Empty where this version is accepted. */
  readonly refused: readonly Problem[];
}

/** A CiliumCIDRGroup as the API server has it, valid or not. */
export interface GroupObject extends ObjectMeta {
  readonly ref: GroupRef;
  /** Its `labels` and `spec` as JSON, from which it can be decoded again. */
  readonly content: string;
  /** Empty where this version is in force. */
  readonly refused: readonly Problem[];
}

export interface GroupRef {
  readonly kind: 'CidrGroup';
  readonly namespace: '';
  readonly name: string;
}

export interface NodeObject extends ObjectMeta {
  /** Its condition Ready. */
  readonly ready: boolean;
}

export const policyContent = (value: unknown): PolicyContent => ({
  content: JSON.stringify({ spec: field(value, 'spec'), specs: field(value, 'specs') }),
  status: field(value, 'status'),
});

export const groupContent = (value: unknown): string =>
  JSON.stringify({ labels: field(field(value, 'metadata'), 'labels'), spec: field(value, 'spec') });

export function nodeObject(value: unknown, meta: ObjectMeta): NodeObject {
  const conditions = field(field(value, 'status'), 'conditions');
  const ready = Array.isArray(conditions)
    ? conditions.find((item) => text(item, 'type') === 'Ready')
    : undefined;
  return { ...meta, ready: text(ready, 'status') === 'True' };
}
