import type { Settings } from '../model/settings.ts';
import type { Pipeline } from '../pipeline.ts';
import type { NodeStatus } from '../push/node-status.ts';
import { ApiError } from '../source/kube/api-error.ts';
import { AcceptedVersions } from './accepted-versions.ts';
import { BundleKeeper } from './bundle-keeper.ts';
import { BundleOutlook } from './bundle-outlook.ts';
import { decodeVersion } from './decode-version.ts';
import { EventRecorder } from './event-recorder.ts';
import { NodeBook } from './node-book.ts';
import { PolicyKeeper } from './policy-keeper.ts';
import { PolicyMarks } from './policy-marks.ts';
import { PolicyOutlook } from './policy-outlook.ts';
import { VersionKeeper } from './version-keeper.ts';
import { ownerKey, type VersionOwner } from './version-owner.ts';
import { WriteGate } from './write-gate.ts';
import type { WriteKind, Writing } from './writing.ts';

export interface KeepersOptions extends Omit<Writing, 'gate' | 'write' | 'answers'> {
  readonly settings: Settings;
  readonly pipeline: Pick<Pipeline, 'state' | 'nodesOf' | 'policiesOf'>;
  readonly nodeStatus: (node: string) => NodeStatus;
  /** Of this operator, unique. */
  readonly identity: string;
  /** Of this operator: for the accepted versions of objects of cluster scope. */
  readonly namespace: string;
  /** Of all writes together; 50 unless told. */
  readonly writesPerSecond?: number;
  /** Whether all objects are known. */
  readonly synced: () => boolean;
  /** The API server has answered a write: "ok", "conflict" or "failed". */
  readonly onWrite?: (kind: WriteKind, outcome: string) => void;
  /** When this operator began to lead, in milliseconds since 1970; undefined: it does not. */
  readonly ledSince: () => number | undefined;
  /** Another version is stored. */
  readonly onStored: (ref: VersionOwner) => void;
  /** Ends all writing. */
  readonly signal: AbortSignal;
}

/** What is known of nodes and policies, and what keeps the API server's account of them as it should be. */
export interface Keepers {
  readonly gate: WriteGate;
  readonly nodes: NodeBook;
  readonly marks: PolicyMarks;
  readonly versions: AcceptedVersions;
  readonly versionKeeper: VersionKeeper;
  readonly outlook: BundleOutlook;
  readonly bundles: BundleKeeper;
  readonly policies: PolicyKeeper;
  readonly events: EventRecorder;
}

const mostWrites = 50;

export function openKeepers(options: KeepersOptions): Keepers {
  const { settings, nodeStatus, clock, client, signal, ledSince, pipeline } = options;
  const gate = new WriteGate(options.writesPerSecond ?? mostWrites, options.monotonic, signal);
  const nodes = new NodeBook(clock);
  const marks = new PolicyMarks();
  const versions = new AcceptedVersions((ref, content) => decodeVersion(ref, content, settings));
  let answers = 0;
  const onWrite = (kind: WriteKind, outcome: WriteOutcome): void => {
    if (outcome !== 'unanswered') answers += 1;
    options.onWrite?.(kind, outcome === 'unanswered' ? 'failed' : outcome);
  };
  const writing: Writing = {
    ...options,
    gate,
    answers: () => answers,
    write: (kind, request) => told(onWrite, kind, client.request({ ...request, signal })),
  };
  const isFresh = (key: string) => marks.isFresh(key, clock());
  const versionKeeper = new VersionKeeper({
    ...writing,
    ...{ isFresh, versions },
    namespace: options.namespace,
    synced: options.synced,
    onStored: options.onStored,
    onChange: (ref) => policies.changed(ownerKey(ref)),
  });
  const known = { nodeStatus, clock, nodes, ledSince };
  const outlook = new BundleOutlook(known);
  const bundles = new BundleKeeper({
    ...writing,
    nodeUid: (node) => nodes.object(node)?.uid,
    finding: (node, stored) => outlook.finding(node, stored),
    recheckMs: (node) => outlook.recheckMs(node),
  });
  const object = (key: string) => versions.policy(key);
  const hadAgent = (node: string) => bundles.storedStatus(node)?.fields.agent !== undefined;
  const policyOutlook = new PolicyOutlook({ ...known, ...{ pipeline, marks, object, hadAgent } });
  const policies = new PolicyKeeper({
    ...writing,
    ...{ object, isFresh, versions: versionKeeper.store },
    finding: (key, stored) => policyOutlook.finding(key, stored),
  });
  const events = new EventRecorder({ ...writing, identity: options.identity });
  return { gate, nodes, marks, versions, versionKeeper, outlook, bundles, policies, events };
}

/** The write's answer, after its outcome has been told. */
async function told(
  onWrite: (kind: WriteKind, outcome: WriteOutcome) => void,
  kind: WriteKind,
  answer: Promise<unknown>,
): Promise<unknown> {
  try {
    const value = await answer;
    onWrite(kind, 'ok');
    return value;
  } catch (error) {
    onWrite(kind, error instanceof ApiError ? outcomeOf(error) : 'failed');
    throw error;
  }
}

type WriteOutcome = 'ok' | 'conflict' | 'failed' | 'unanswered';

function outcomeOf(error: ApiError): WriteOutcome {
  if (error.away) return 'unanswered';
  return error.conflict ? 'conflict' : 'failed';
}
