import assert from 'node:assert/strict';
import { ownerOf } from '@weir/operator/src/evaluate/address-owner.ts';
import { evaluateEgress } from '@weir/operator/src/evaluate/evaluate-egress.ts';
import { evaluateEndpoint } from '@weir/operator/src/evaluate/evaluate-endpoint.ts';
import type { Origin, Verdict } from '@weir/operator/src/evaluate/verdict.ts';
import type { Prefix } from '@weir/operator/src/model/address.ts';
import { type ClusterState, podKey } from '@weir/operator/src/model/cluster.ts';
import type { Pod } from '@weir/operator/src/model/endpoint.ts';
import { weir } from '@weir/proto/bundle.js';
import { parseAddress } from './address.ts';
import type { Hook, HookVerdict } from './hook.ts';
import type { NodeImage } from './node-image.ts';

const DefaultDeny = weir.bundle.v1.Verdict.VERDICT_DEFAULT_DENY;

/** What random clusters are asked about: ports at the edges of the rules' ranges, types, and protocols without ports. */
export const packets = [
  { protocol: 'TCP', port: 79 },
  { protocol: 'TCP', port: 80 },
  { protocol: 'TCP', port: 81 },
  { protocol: 'TCP', port: 90 },
  { protocol: 'TCP', port: 8080 },
  { protocol: 'TCP', port: 30_080 },
  { protocol: 'UDP', port: 53 },
  { protocol: 'UDP', port: 80 },
  { protocol: 'UDP', port: 90 },
  { protocol: 'UDP', port: 30_080 },
  { protocol: 'SCTP', port: 80 },
  { protocol: 'ICMP', port: 0 },
  { protocol: 'ICMP', port: 8 },
  { protocol: 'ICMPv6', port: 0 },
  { protocol: 'ICMPv6', port: 128 },
  { protocol: 47, port: 0 },
  { protocol: 112, port: 0 },
] as const;

export type Packet = (typeof packets)[number];

const outside = ['8.8.8.8', '8.8.8.9', '8.8.4.4', '10.0.0.77', 'fd00::77', '2001:db8::1'].map(parseAddress);

interface Question {
  readonly node: NodeImage;
  readonly subject: Pod;
  readonly ifindex: number;
  readonly own: Prefix;
  readonly address: Prefix;
  readonly direction: 'egress' | 'ingress';
  readonly packet: Packet;
}

/**
 * Asks the evaluator and a hook about each endpoint of the node, to and from every address, and says how often.
 * Throws an AssertionError at the first difference.
 */
export function compareNode(
  state: ClusterState,
  node: NodeImage,
  asked: readonly Packet[],
  hook: Hook,
): number {
  let compared = 0;
  for (const [key, ifindex] of node.ifindexes) {
    const subject = state.pods.get(key);
    assert.ok(subject, `endpoint ${key} is a pod`);
    for (const question of questionsOf(state, { node, subject, ifindex }, asked)) {
      compareOne(state, question, hook);
      compared++;
    }
  }
  return compared;
}

/** Of each family in which the subject holds an address, in both directions. */
function questionsOf(
  state: ClusterState,
  about: Pick<Question, 'node' | 'subject' | 'ifindex'>,
  asked: readonly Packet[],
): readonly Question[] {
  const held = about.subject.addresses.filter((address) => holds(state, about.subject, address));
  const pairs = held.flatMap((own) =>
    addressesIn(state)
      .filter(({ family }) => family === own.family)
      .map((address) => ({ own, address })),
  );
  return pairs.flatMap(({ own, address }) =>
    asked
      .filter(({ protocol }) => protocol !== (address.family === 4 ? 'ICMPv6' : 'ICMP'))
      .flatMap((packet): readonly Question[] => [
        { ...about, own, address, packet, direction: 'egress' },
        { ...about, own, address, packet, direction: 'ingress' },
      ]),
  );
}

/** Of pods that claim one address all but one send nothing from it. */
function holds(state: ClusterState, pod: Pod, address: Prefix): boolean {
  const owner = ownerOf(state, address);
  return owner.kind === 'pod' && podKey(owner.pod) === podKey(pod);
}

/** Every address that anything in the cluster has or claims, and some of the world. */
function addressesIn(state: ClusterState): readonly Prefix[] {
  const services = [...state.services.values()];
  const owned = [...state.pods.values(), ...state.nodes.values(), ...services];
  const all = [
    ...owned.flatMap(({ addresses }) => addresses),
    ...services.flatMap(({ externalAddresses }) => externalAddresses),
    ...Array.from(state.specialAddresses.values(), ({ address }) => address),
    ...outside,
  ];
  return [...new Map(all.map((address) => [address.text, address])).values()];
}

function compareOne(state: ClusterState, question: Question, hook: Hook): void {
  const { node, subject, address, direction, packet } = question;
  const wanted = read(state, question);
  const got = judge(state, question, hook);
  const place = `${subject.namespace}/${subject.name} ${direction} ${address.text} ${packet.protocol} ${packet.port} (${wanted.reason})`;
  assert.equal(got.allow ? 'allow' : 'deny', wanted.verdict, place);
  const outcome = node.outcomes.get(got.cookie);
  const isDefault = outcome?.verdict === DefaultDeny;
  assert.equal(
    isDefault,
    wanted.verdict === 'deny' && wanted.reason === 'default',
    `${place}: kind of denial`,
  );
  if (wanted.reason === 'rule') compareOrigins(outcome, wanted.origins, place);
}

function read(state: ClusterState, { subject, direction, address, packet }: Question): Verdict {
  const query = { subject, peer: { kind: 'address', address }, ...packet } as const;
  return direction === 'egress'
    ? evaluateEgress(state, query)
    : evaluateEndpoint(state, { ...query, direction });
}

function judge(state: ClusterState, question: Question, hook: Hook): HookVerdict {
  const { node, ifindex, direction, own, address, packet } = question;
  const owner = ownerOf(state, address);
  const foreign = !(owner.kind === 'node' && owner.node.name === node.node);
  return hook.judge({ node, ifindex, direction, own, peer: address, foreign, ...packet });
}

/** The image names one or more of the rules that decide, and their log texts. */
function compareOrigins(
  outcome: weir.bundle.v1.IOutcome | undefined,
  deciding: readonly Origin[],
  place: string,
): void {
  const wanted = deciding.map(({ ref, path }) => `${ref.kind} ${ref.namespace} ${ref.name} ${path}`);
  const named = (outcome?.origins ?? []).map(
    ({ kind, namespace, name, rule }) => `${kind} ${namespace} ${name} ${rule}`,
  );
  assert.ok(named.length > 0, `${place}: names no rule`);
  for (const origin of named) assert.ok(wanted.includes(origin), `${place}: ${origin} does not decide`);
  const texts = deciding.filter((_, at) => named.includes(wanted[at] ?? '')).map(({ log }) => log);
  const told = [...new Set(texts)].filter((text) => text !== '').sort();
  assert.deepEqual(
    (outcome?.log ?? '')
      .split(', ')
      .filter((text) => text !== '')
      .sort(),
    told,
    `${place}: log`,
  );
}
