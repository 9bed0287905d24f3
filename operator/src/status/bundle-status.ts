import { digestText } from '@weir/proto/digest.ts';
import type { NodeStatus } from '../push/node-status.ts';
import { field, text } from '../source/kube/object-meta.ts';
import {
  type Condition,
  type Difference,
  differenceOf,
  type Finding,
  mergeConditions,
  readConditions,
  wholeSeconds,
} from './condition.ts';

/** The numbers and texts of a PolicyBundle's status; undefined ones are absent. */
export interface BundleFields {
  readonly revision: number | undefined;
  readonly enforced: number | undefined;
  readonly digest: string | undefined;
  readonly enforcedDigest: string | undefined;
  readonly endpoints: number | undefined;
  readonly behindSince: string | undefined;
  readonly tables: number | undefined;
  readonly prefixes: number | undefined;
  readonly uncovered: number | undefined;
  readonly mode: string | undefined;
  readonly kernel: string | undefined;
  readonly attach: string | undefined;
  readonly agent: string | undefined;
}

/** The status of a PolicyBundle. */
export interface BundleStatus {
  readonly fields: BundleFields;
  readonly conditions: readonly Condition[];
}

/** What it is to be, without since when. */
export interface BundleFinding {
  readonly fields: BundleFields;
  readonly ready: Finding;
}

export interface BundleFacts {
  readonly node: NodeStatus;
  /** When the oldest that the node does not enforce was published, in milliseconds since 1970; undefined: it does. */
  readonly behindSince: number | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** What is stored: an agent that comes back to another operator tells its numbers only with its next change. */
  readonly stored: BundleFields | undefined;
}

/** A node that is behind for less than that keeps up: every change takes a moment. */
export const keepUpMs = 1_000;

const types = ['Ready'] as const;
const mostMessage = 300;

export function bundleFinding(facts: BundleFacts): BundleFinding {
  const { node, stored, now } = facts;
  const behind = facts.behindSince !== undefined && now - facts.behindSince >= keepUpMs;
  const since = behind ? facts.behindSince : undefined;
  const hadAgent = node.version !== '' || stored?.agent !== undefined;
  const counts = hasReported(node) ? node.counts : stored;
  const [attach, kernel] = [capability(node, 'attach'), capability(node, 'kernel')];
  return {
    fields: {
      revision: node.revision || stored?.revision,
      enforced: node.version === '' ? stored?.enforced : node.enforced,
      digest: node.digest && digestText(node.digest),
      enforcedDigest:
        node.version === '' ? stored?.enforcedDigest : node.enforcedDigest && digestText(node.enforcedDigest),
      endpoints: counts?.endpoints,
      behindSince: since === undefined || !hadAgent ? undefined : wholeSeconds(since),
      tables: counts?.tables,
      prefixes: counts?.prefixes,
      uncovered: counts?.uncovered,
      mode: hadAgent ? node.mode : undefined,
      kernel: kernel ?? stored?.kernel,
      attach: attach ?? stored?.attach,
      agent: node.version || stored?.agent,
    },
    ready: { type: 'Ready', ...readiness(facts, hadAgent, behind) },
  };
}

function readiness({ node }: BundleFacts, hadAgent: boolean, behind: boolean): Omit<Finding, 'type'> {
  if (!hadAgent) return { status: 'Unknown', reason: 'NoAgent', message: 'NoAgent' };
  if (!node.connected)
    return {
      status: 'Unknown',
      reason: 'AgentGone',
      message: 'no agent is connected; what was enforced stays in force',
    };
  if (node.error !== undefined)
    return { status: 'False', reason: 'ApplyFailed', message: inOneLine(node.error) };
  if (behind) return { status: 'False', reason: 'Applying', message: `applying revision ${node.revision}` };
  const attaching = node.attaching.length;
  const uncovered = node.counts.uncovered - attaching;
  const reason = node.mode === 'observe' ? 'Observed' : 'Enforced';
  const notes = [
    ...(node.mode === 'observe' ? ['observes: nothing is dropped'] : []),
    ...(uncovered > 0 ? [`${uncovered} not covered`] : []),
    ...(attaching > 0 ? [`attaching to ${attaching}`] : []),
  ];
  return { status: 'True', reason, message: notes.join('; ') };
}

/** As a column can show it; the whole text is in the Event. */
function inOneLine(text: string): string {
  const line = text.trim().replaceAll(/\s+/g, ' ');
  return line.length > mostMessage ? `${line.slice(0, mostMessage - 1)}…` : line;
}

/** An agent tells with the numbers what it enforces; one that enforces nothing tells none. */
const hasReported = ({ applyNs, counts }: NodeStatus): boolean =>
  applyNs > 0 || counts.tables + counts.endpoints > 0;

/** Of "attach=tcx" the part after "=". */
const capability = ({ capabilities }: NodeStatus, name: string): string | undefined =>
  capabilities.find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1);

/** `state`: somebody may wait for it; `text`: numbers that go on. */
export function bundleDifference(
  stored: BundleStatus | undefined,
  { fields, ready }: BundleFinding,
): Difference {
  if (!stored) return 'state';
  const difference = differenceOf(stored.conditions, [ready], types, 0);
  if (difference !== 'none') return difference;
  const isSame = fieldNames.every((name) => stored.fields[name] === fields[name]);
  return isSame ? 'none' : 'text';
}

/** @param now milliseconds since 1970 */
export function mergeBundleStatus(
  stored: BundleStatus | undefined,
  { fields, ready }: BundleFinding,
  now: number,
): BundleStatus {
  const conditions = mergeConditions(stored?.conditions ?? [], [ready], types, 0, wholeSeconds(now));
  return { fields, conditions: readConditions({ conditions }) };
}

/** As a merge patch has it: what is absent is null. */
export const bundlePatch = ({ fields, conditions }: BundleStatus): Readonly<Record<string, unknown>> => ({
  ...Object.fromEntries(fieldNames.map((name) => [name, fields[name] ?? null])),
  conditions: conditions.map(({ observedGeneration: _, original: __, ...rest }) => rest),
});

export function readBundleStatus(status: unknown): BundleStatus {
  const number = (name: string): number | undefined => {
    const value = field(status, name);
    return typeof value === 'number' ? value : undefined;
  };
  const word = (name: string): string | undefined => text(status, name) || undefined;
  return {
    fields: {
      revision: number('revision'),
      enforced: number('enforced'),
      digest: word('digest'),
      enforcedDigest: word('enforcedDigest'),
      endpoints: number('endpoints'),
      behindSince: word('behindSince'),
      tables: number('tables'),
      prefixes: number('prefixes'),
      uncovered: number('uncovered'),
      mode: word('mode'),
      kernel: word('kernel'),
      attach: word('attach'),
      agent: word('agent'),
    },
    conditions: readConditions(status),
  };
}

const fieldNames = Object.keys(readBundleStatus({}).fields) as readonly (keyof BundleFields)[];
