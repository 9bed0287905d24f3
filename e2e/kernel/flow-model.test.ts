import assert from 'node:assert/strict';
import fc from 'fast-check';
import { entryLayout } from './flow-layout.ts';
import { type Direction, FlowModel, type Segment } from './flow-model.ts';
import { tcp, tcpFlag, udp } from './packet.ts';
import { Programs } from './programs.ts';
import { anyPeerPort, type Family, inward, outward, stage } from './scene.ts';

type Step =
  | { readonly kind: 'segment'; readonly segment: Segment }
  | { readonly kind: 'wait'; readonly seconds: number }
  | { readonly kind: 'policy'; readonly egress: boolean; readonly ingress: boolean };

/** Milliseconds that a walk may take: its waits come within a second of the life of a flow. */
const margin = 900;

const ports = fc.constantFrom([40000, 80], [80, 40000], [1000, 2000]);
const direction = fc.constantFrom<Direction>('egress', 'ingress');
const tcpKinds = fc.constantFrom(
  { syn: true },
  { syn: true, ack: true },
  { ack: true },
  { ack: true },
  { fin: true, ack: true },
  { rst: true },
);

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ direction, ports, kind: tcpKinds }).map(
      ({ direction: way, ports: [localPort = 0, remotePort = 0], kind }): Step => ({
        kind: 'segment',
        segment: { direction: way, protocol: 'tcp', localPort, remotePort, ...kind },
      }),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.record({ direction, ports }).map(
      ({ direction: way, ports: [localPort = 0, remotePort = 0] }): Step => ({
        kind: 'segment',
        segment: { direction: way, protocol: 'udp', localPort, remotePort },
      }),
    ),
  },
  // No sum of these is the life of a flow, in as few steps as there are.
  {
    weight: 2,
    arbitrary: fc.constantFrom(7, 7, 7, 31, 71, 9001).map((seconds): Step => ({ kind: 'wait', seconds })),
  },
  {
    weight: 2,
    arbitrary: fc
      .record({ egress: fc.boolean(), ingress: fc.boolean() })
      .map((allows): Step => ({ kind: 'policy', ...allows })),
  },
);

function frameOf(family: Family, segment: Segment): Buffer {
  const out = segment.direction === 'egress';
  const sourcePort = out ? segment.localPort : segment.remotePort;
  const destinationPort = out ? segment.remotePort : segment.localPort;
  const flags =
    (segment.syn ? tcpFlag.syn : 0) |
    (segment.ack ? tcpFlag.ack : 0) |
    (segment.fin ? tcpFlag.fin : 0) |
    (segment.rst ? tcpFlag.rst : 0);
  const payload =
    segment.protocol === 'tcp'
      ? tcp({ sourcePort, destinationPort, flags })
      : udp({ sourcePort, destinationPort });
  return out ? outward(family, payload) : inward(family, payload);
}

/** Lets all entries end earlier, and what was just seen be long ago. */
function wait(programs: Programs, seconds: number): void {
  for (const name of ['weir_ct', 'weir_ct_syn']) {
    const hash = programs.hash(name);
    for (const [key, value] of hash.entries()) {
      const left = value.readBigUInt64LE(entryLayout.offsets.expires) - BigInt(seconds) * 1_000_000_000n;
      value.writeBigUInt64LE(left > 0n ? left : 0n, entryLayout.offsets.expires);
      hash.set(key, value);
    }
  }
  programs.zero('weir_seen');
}

describe('flows against a model', () => {
  let programs: Programs;
  before(async () => {
    programs = await Programs.load();
  });
  after(() => programs.close());

  const commit = ({ egress, ingress }: Readonly<Record<Direction, boolean>>) =>
    programs.commit(
      stage({ egress: egress ? [anyPeerPort()] : [], ingress: ingress ? [anyPeerPort()] : [] }),
    );

  const judge = (family: Family, segment: Segment): 'pass' | 'drop' => {
    const frame = frameOf(family, segment);
    return segment.direction === 'egress' ? programs.sent(frame) : programs.received(frame);
  };

  function walk(family: Family, steps: readonly Step[]): void {
    const model = new FlowModel();
    let allows: Readonly<Record<Direction, boolean>> = { egress: true, ingress: true };
    programs.forget();
    commit(allows);
    for (const [index, each] of steps.entries())
      switch (each.kind) {
        case 'wait':
          model.wait(each.seconds);
          wait(programs, each.seconds);
          break;
        case 'policy':
          allows = each;
          commit(allows);
          break;
        case 'segment': {
          const expected = model.passes(each.segment, allows) ? 'pass' : 'drop';
          assert.equal(judge(family, each.segment), expected, `step ${index}`);
        }
      }
  }

  /** Again where the machine stood still meanwhile: the model knows no time but what it is told of. */
  function walkSwiftly(family: Family, steps: readonly Step[]): void {
    for (let tries = 1; ; tries++) {
      const began = performance.now();
      try {
        walk(family, steps);
        return;
      } catch (error) {
        if (tries === 5 || performance.now() - began < margin) throw error;
      }
    }
  }

  for (const family of [4, 6] as const)
    it(`IPv${family}: any packets, changes of policy and pauses are judged as the rule says`, () => {
      fc.assert(
        fc.property(fc.array(step, { minLength: 5, maxLength: 60 }), (steps) => walkSwiftly(family, steps)),
        { numRuns: 300 },
      );
    }).timeout(60_000);
});
