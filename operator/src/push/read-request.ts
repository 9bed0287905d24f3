import type { weir } from '@weir/proto/bundle.js';
import { type Digest, digestFromBytes } from '@weir/proto/digest.ts';
import { type SyncRequest, safeInteger } from '@weir/proto/service.ts';
import type { NodeCounts } from './node-status.ts';

/** What an agent says first, checked. */
export interface Hello {
  readonly node: string;
  readonly revision: number;
  /** Undefined: it enforces nothing. */
  readonly digest: Digest | undefined;
  readonly version: string;
  readonly capabilities: readonly string[];
  readonly addresses: readonly Uint8Array[];
}

/** The end of one attempt, checked. */
export interface Applied {
  readonly revision: number;
  /** Of what is enforced now; undefined: nothing. */
  readonly digest: Digest | undefined;
  readonly error: string | undefined;
  readonly applyNs: number;
  readonly counts: NodeCounts;
  /** Uids of endpoints. */
  readonly uncovered: readonly string[];
  /** Those of these that the agent is about to attach to. */
  readonly attaching: readonly string[];
}

/** What the programs of a node have counted since their maps were made, checked. */
export interface Counted {
  /** Packets that were dropped. */
  readonly denied: number;
  /** Packets that would have been dropped, had denials been enforced. */
  readonly observedDenials: number;
  /** Flows that were not told. */
  readonly untold: number;
}

/** Far from where numbers lose precision, so that counting on never gets there. */
const maxRevision = 2 ** 52;
/** Of a Node object. */
const maxNameLength = 253;
const maxTexts = 64;
const maxTextLength = 256;
const maxErrorLength = 4096;
const maxAddresses = 1024;
const maxUids = 1000;

/** Throws a RangeError where the message is no Hello or is malformed. */
export function readHello({ hello }: SyncRequest): Hello {
  if (!hello?.node) throw new RangeError('the first message must be a Hello that names the node');
  if (hello.node.length > maxNameLength || (hello.version ?? '').length > maxTextLength)
    throw new RangeError('too long a name or version');
  const capabilities = hello.capabilities ?? [];
  if (capabilities.length > maxTexts || capabilities.some((text) => text.length > maxTextLength)) {
    throw new RangeError('too many or too long capabilities');
  }
  return {
    node: hello.node,
    revision: readRevision(hello.revision),
    digest: readDigest(hello.digest),
    version: hello.version ?? '',
    capabilities,
    addresses: readAddresses(hello.addresses),
  };
}

/** Throws a RangeError where it is malformed. */
export function readApplied(applied: weir.bundle.v1.Applied.$Properties): Applied {
  const { endpoints, tables, prefixes, uncovered } = applied.counts ?? {};
  const uids = readUids(applied.uncovered);
  const attaching = new Set(readUids(applied.attaching));
  const error = (applied.error ?? '').slice(0, maxErrorLength);
  return {
    revision: readRevision(applied.revision),
    digest: readDigest(applied.digest),
    error: error === '' ? undefined : error,
    applyNs: safeInteger(applied.durationNs),
    counts: {
      endpoints: endpoints ?? 0,
      tables: tables ?? 0,
      prefixes: prefixes ?? 0,
      uncovered: uncovered ?? 0,
    },
    uncovered: uids,
    attaching: uids.filter((uid) => attaching.has(uid)),
  };
}

/** Throws a RangeError where a number is too large to be one. */
export const readCounted = (counted: weir.bundle.v1.Counted.$Properties): Counted => ({
  denied: safeInteger(counted.denied),
  observedDenials: safeInteger(counted.observedDenials),
  untold: safeInteger(counted.untold),
});

/** Throws a RangeError where one is neither 4 nor 16 bytes. */
export function readAddresses(
  addresses: readonly Uint8Array[] | null | undefined = [],
): readonly Uint8Array[] {
  const list = addresses ?? [];
  if (list.length > maxAddresses) throw new RangeError('too many addresses');
  // Copies, because the bytes are a part of a message that would live as long as they do.
  return list.map((address) => {
    if (address.length !== 4 && address.length !== 16) throw new RangeError('address of neither family');
    return Uint8Array.from(address);
  });
}

function readUids(uids: readonly string[] | null | undefined): readonly string[] {
  const list = uids ?? [];
  if (list.length > maxUids || list.some((uid) => uid.length > maxTextLength))
    throw new RangeError('too many or too long uids');
  return [...list];
}

function readRevision(value: unknown): number {
  const revision = safeInteger(value);
  if (revision > maxRevision) throw new RangeError(`revision ${revision} is out of range`);
  return revision;
}

function readDigest(bytes: Uint8Array | null | undefined): Digest | undefined {
  if (!bytes || bytes.length === 0) return undefined;
  if (bytes.length !== 16) throw new RangeError(`digest of ${bytes.length} bytes`);
  return digestFromBytes(bytes);
}
