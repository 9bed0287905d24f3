import { field, text } from '../source/kube/object-meta.ts';
import { cleanupContainer } from './cleanup-daemon-set.ts';

/** How far a pod of the cleanup is with its node. */
export interface NodeCleanup {
  readonly node: string;
  readonly pod: string;
  readonly clean: boolean;
  /** Why it is not clean yet. */
  readonly why: string;
}

/** @param pod as the API server has it. @returns undefined until it has a node */
export function nodeCleanup(pod: unknown): NodeCleanup | undefined {
  const node = text(field(pod, 'spec'), 'nodeName');
  if (node === '') return undefined;
  const statuses = field(field(pod, 'status'), 'initContainerStatuses');
  const status: unknown = Array.isArray(statuses)
    ? statuses.find((one: unknown) => text(one, 'name') === cleanupContainer)
    : undefined;
  const state = field(status, 'state');
  const clean = field(field(state, 'terminated'), 'exitCode') === 0;
  return { node, pod: text(field(pod, 'metadata'), 'name'), clean, why: clean ? '' : whyNot(status) };
}

function whyNot(status: unknown): string {
  const state = field(status, 'state');
  const ended = field(state, 'terminated') ?? field(field(status, 'lastState'), 'terminated');
  const said = text(ended, 'message').trim();
  if (said !== '') return said;
  const exitCode = field(ended, 'exitCode');
  if (typeof exitCode === 'number') return `ended with ${exitCode}`;
  if (field(state, 'running') !== undefined) return 'running';
  const waiting = field(state, 'waiting');
  const reason = [text(waiting, 'reason'), text(waiting, 'message')].filter(Boolean).join(': ');
  return reason === '' ? 'not started' : reason;
}
