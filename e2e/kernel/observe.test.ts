import assert from 'node:assert/strict';
import { tcp, tcpFlag, udp } from './packet.ts';
import { Programs } from './programs.ts';
import { anyPeerPort, cookies, families, inward, outward, type Stage, stage, stranger } from './scene.ts';

const { ack, syn } = tcpFlag;

/** What the programs told, in short. */
const told = (programs: Programs): readonly string[] =>
  programs
    .events()
    .map(({ reason, observed, direction }) => `${direction} ${reason}${observed ? ' observed' : ''}`);

describe('an endpoint that is only observed', () => {
  let programs: Programs;
  const observe = (policy: Stage) => programs.commit(stage({ ...policy, observe: true }));
  before(async () => {
    programs = await Programs.load();
  });
  after(() => programs.close());
  beforeEach(() => programs.forget());

  for (const family of families)
    describe(`IPv${family}`, () => {
      const asked = udp({ sourcePort: 5000, destinationPort: 53 });
      const answered = udp({ sourcePort: 53, destinationPort: 5000 });

      it('passes what policy denies, and tells it once a flow', () => {
        observe({ ingress: [], egress: [] });
        for (let count = 0; count < 3; count++)
          assert.equal(programs.received(inward(family, asked)), 'pass');
        assert.deepEqual(told(programs), ['ingress policy-deny observed']);
        assert.equal(programs.sent(outward(family, asked)), 'pass');
        assert.deepEqual(told(programs), ['egress policy-deny observed']);
      });

      it('tells what policy allows as ever', () => {
        observe({ ingress: [anyPeerPort()] });
        programs.received(inward(family, asked));
        assert.deepEqual(told(programs), ['ingress policy-allow']);
      });

      it('knows an answer to what would be denied for an answer', () => {
        observe({ ingress: [], egress: [] });
        programs.received(inward(family, asked));
        told(programs);
        assert.equal(programs.sent(outward(family, answered)), 'pass');
        assert.deepEqual(told(programs), []);
      });

      it('cuts a flow that is denied once denials are enforced, in TCP too', () => {
        const open = tcp({ sourcePort: 40_000, destinationPort: 80, flags: syn });
        const accept = tcp({ sourcePort: 80, destinationPort: 40_000, flags: syn | ack });
        const more = tcp({ sourcePort: 40_000, destinationPort: 80, flags: ack });
        observe({ ingress: [], egress: [anyPeerPort()] });
        assert.equal(programs.received(inward(family, open)), 'pass');
        assert.equal(programs.sent(outward(family, accept)), 'pass');
        assert.equal(programs.received(inward(family, more)), 'pass');
        assert.deepEqual(told(programs), ['ingress policy-deny observed']);
        programs.commit(stage({ ingress: [], egress: [anyPeerPort()] }));
        assert.equal(programs.received(inward(family, more)), 'drop');
        assert.equal(programs.received(inward(family, open)), 'drop');
        assert.deepEqual(told(programs), ['ingress policy-deny', 'ingress policy-deny']);
      });

      it('goes on with a flow that is allowed once denials are enforced', () => {
        const policy: Stage = { ingress: [anyPeerPort()], egress: [] };
        observe(policy);
        programs.received(inward(family, asked));
        programs.commit(stage(policy));
        assert.equal(programs.sent(outward(family, answered)), 'pass');
      });

      it('tells of a flow that was allowed when its rule is taken away', () => {
        observe({ ingress: [anyPeerPort()] });
        programs.received(inward(family, asked));
        assert.equal(cookies(programs, 'weir_ct').length, 1);
        told(programs);
        observe({ ingress: [] });
        programs.zero('weir_seen');
        for (let count = 0; count < 2; count++)
          assert.equal(programs.received(inward(family, asked)), 'pass');
        assert.deepEqual(told(programs), ['ingress policy-deny observed']);
      });

      it('lets a false source pass and tells it', () => {
        observe({ egress: [anyPeerPort()] });
        const frame = outward(family, asked);
        const address = Buffer.from(frame);
        // The last byte of the source address.
        const at = family === 4 ? 14 + 15 : 14 + 23;
        address.writeUInt8(99, at);
        assert.equal(programs.sent(address), 'pass');
        assert.deepEqual(told(programs), ['egress spoofed observed']);
        programs.commit(stage({ egress: [anyPeerPort()] }));
        assert.equal(programs.sent(address), 'drop');
      });

      it('counts what would be denied, also beyond what is told', () => {
        observe({ ingress: [] });
        const { observedDenials: before, denials: dropped } = programs.set.control.counters();
        for (let port = 1; port <= 300; port++)
          programs.received(inward(family, udp({ sourcePort: port, destinationPort: 53 })));
        assert.equal(programs.set.control.counters().observedDenials - before, 300);
        assert.equal(programs.set.control.counters().denials, dropped);
        assert.ok(programs.events().length < 300);
      });

      it('leaves a stranger that is denied without a flow where denials are enforced', () => {
        programs.commit(stage({ ingress: [], egress: [] }));
        programs.received(inward(family, asked, stranger[family]));
        assert.deepEqual(cookies(programs, 'weir_ct'), []);
      });
    });
});
