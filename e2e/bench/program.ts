import { halvesFor, smallestHalves } from '@weir/node-agent/src/kernel/size-class.ts';
import { frame, ip4, tcp, tcpFlag } from '../kernel/packet.ts';
import { Programs } from '../kernel/programs.ts';
import { BenchObject } from './bench-object.ts';
import type { Result } from './result.ts';
import {
  addressInside,
  benchEndpoint,
  ports,
  portsOfIdentity,
  randomNumbers,
  randomPrefixes4,
} from './synthetic-bundle.ts';
import { timedRun } from './timed-run.ts';
import { benchImage } from './verdict.ts';

const repeat = 200_000;
const rounds = 7;
const newFlows = 20_000;
/** New flows between two readings of the ring buffer, so that it never fills. */
const eventBatch = 5000;
const firstEphemeral = 32_768;
const pass = 0xffff_ffff;

/** Nanoseconds of the real programs over an empty one: a packet of an established flow, of a new one, a reply. */
export async function measureProgram(): Promise<readonly Result[]> {
  const prefixes = randomPrefixes4(10_000);
  const image = benchImage(prefixes);
  const bench = new BenchObject(image, 0);
  const programs = await Programs.load(halvesFor(image, smallestHalves));
  try {
    programs.commit(image);
    const empty = bench.program('empty_program');
    const [prefix] = prefixes;
    if (!prefix) throw new Error('no prefixes');
    const [index = 0] = portsOfIdentity(prefix.identity);
    const peer = addressInside(prefix, randomNumbers(77));
    const flow = { pod: benchEndpoint.ip4, peer, port: ports[index] ?? 0 };
    return [
      { name: 'established_ns', value: established(programs, empty, flow), unit: 'ns', better: 'lower' },
      { name: 'reply_ns', value: reply(programs, empty, flow), unit: 'ns', better: 'lower' },
      { name: 'new_flow_ns', value: newFlow(programs, empty, flow), unit: 'ns', better: 'lower' },
    ];
  } finally {
    programs.close();
    bench.close();
  }
}

interface Flow {
  readonly pod: Uint8Array;
  readonly peer: Uint8Array;
  readonly port: number;
}

function outward({ pod, peer, port }: Flow, sourcePort: number, flags: number): Buffer {
  const payload = tcp({ sourcePort, destinationPort: port, flags });
  return frame(ip4({ source: pod, destination: peer }, payload));
}

function inward({ pod, peer, port }: Flow, destinationPort: number, flags: number): Buffer {
  const payload = tcp({ sourcePort: port, destinationPort, flags });
  return frame(ip4({ source: peer, destination: pod }, payload));
}

function open(programs: Programs, flow: Flow): void {
  programs.forget();
  const verdicts = [
    programs.sent(outward(flow, firstEphemeral, tcpFlag.syn)),
    programs.received(inward(flow, firstEphemeral, tcpFlag.syn | tcpFlag.ack)),
    programs.sent(outward(flow, firstEphemeral, tcpFlag.ack)),
  ];
  if (verdicts.includes('drop')) throw new Error(`the flow does not open: ${verdicts}`);
}

/** The least of some rounds in which the program and the empty one take turns. */
function overEmpty(program: number, empty: number, packet: Buffer): number {
  let least = Number.POSITIVE_INFINITY;
  let base = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    base = Math.min(base, timedRun(empty, packet, repeat).nanoseconds);
    const { returned, nanoseconds } = timedRun(program, packet, repeat);
    if (returned !== pass) throw new Error(`the packet does not pass: ${returned}`);
    least = Math.min(least, nanoseconds);
  }
  return least - base;
}

function established(programs: Programs, empty: number, flow: Flow): number {
  open(programs, flow);
  return overEmpty(programs.egress, empty, outward(flow, firstEphemeral, tcpFlag.ack));
}

function reply(programs: Programs, empty: number, flow: Flow): number {
  open(programs, flow);
  return overEmpty(programs.ingress, empty, inward(flow, firstEphemeral, tcpFlag.ack));
}

/** The median of single runs, each the first packet of another flow with its event in the ring buffer. */
function newFlow(programs: Programs, empty: number, flow: Flow): number {
  const times: number[] = [];
  const base: number[] = [];
  for (let count = 0; count < newFlows; count++) {
    if (count % eventBatch === 0) programs.forget();
    const packet = outward(flow, firstEphemeral + count, tcpFlag.syn);
    base.push(timedRun(empty, packet, 1).nanoseconds);
    times.push(timedRun(programs.egress, packet, 1).nanoseconds);
  }
  return median(times) - median(base);
}

const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
