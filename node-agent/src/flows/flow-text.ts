import { weir } from '@weir/proto/bundle.js';
import type { SlotDescription } from '../image/describe.ts';

const names: Readonly<Record<number, string>> = { 1: 'ICMP', 6: 'TCP', 17: 'UDP', 58: 'ICMPv6', 132: 'SCTP' };

/** Name of an IP protocol, or its number as text. */
export const protocolText = (protocol: number): string => names[protocol] ?? String(protocol);

/** "pod shop/app=api", "world 10.0.0.0/8", "host". */
export function peerText(slot: SlotDescription | undefined): string {
  if (slot === undefined) return 'unknown';
  // Around a pod or a node a block says little: most of them match no such address.
  const block = slot.kind === 'world' ? [slot.block] : [];
  return [slot.kind, ...slot.labels, ...block].filter((part) => part !== '').join(' ');
}

/** "CiliumNetworkPolicy shop/api spec.ingress[0]". */
export function originText({ kind, namespace, name, rule }: weir.bundle.v1.IOrigin): string {
  const place = namespace ? `${namespace}/${name ?? ''}` : (name ?? '');
  return [kind, place, rule].filter(Boolean).join(' ');
}

const { Verdict } = weir.bundle.v1;

const verdicts: Readonly<Record<number, string>> = {
  [Verdict.VERDICT_ALLOW]: 'allow',
  [Verdict.VERDICT_DENY]: 'deny',
  [Verdict.VERDICT_DEFAULT_DENY]: 'default deny',
};

/** How an outcome decides, for people. */
export const verdictText = (outcome: weir.bundle.v1.IOutcome | undefined): string | undefined =>
  verdicts[outcome?.verdict ?? 0];
