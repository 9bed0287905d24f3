import assert from 'node:assert/strict';
import {
  arp,
  discovery,
  extension,
  frame,
  icmp6,
  ip4,
  ip6,
  type Payload,
  protocol,
  tcp,
  tcpFlag,
  udp,
} from './packet.ts';
import { Programs } from './programs.ts';
import { anyPeerPort, datagram, families, node, peer, pod, slot, stage, stranger } from './scene.ts';
import { loopback } from './test-run.ts';

const linkLocal = 'fe80::1234';
const allNodes = 'ff02::1';
const asked = udp({ sourcePort: 5000, destinationPort: 53 });

describe('the source check', () => {
  let programs: Programs;
  before(async () => {
    programs = await Programs.load();
  });
  after(() => programs.close());
  beforeEach(() => {
    programs.forget();
    programs.commit(stage({}));
  });

  const sent6 = (source: string, destination: string, payload: Payload, hopLimit = 255) =>
    programs.sent(frame(ip6({ source, destination, hopLimit }, payload)));

  for (const family of families) {
    it(`IPv${family}: only the pod’s own address is a source, though nothing is isolated`, () => {
      const from = (source: string) =>
        programs.sent(frame(datagram(family, { source, destination: peer[family] }, asked)));
      assert.equal(from(pod[family]), 'pass');
      for (const source of [peer[family], node[family], stranger[family], family === 4 ? '0.0.0.0' : '::'])
        assert.equal(from(source), 'drop', source);
      assert.ok(
        programs.events().some(({ reason, source }) => reason === 'spoofed' && source === node[family]),
      );
    });

    it(`IPv${family}: a pod without an address of the family sends nothing in it`, () => {
      programs.commit(stage({ families: [family === 4 ? 6 : 4] }));
      const zero = family === 4 ? '0.0.0.0' : '::';
      for (const source of [pod[family], zero])
        assert.equal(
          programs.sent(frame(datagram(family, { source, destination: peer[family] }, asked))),
          'drop',
        );
    });

    it(`IPv${family}: a spoofed packet makes no flow`, () => {
      programs.sent(frame(datagram(family, { source: stranger[family], destination: peer[family] }, asked)));
      assert.equal(programs.hash('weir_ct').entries().length, 0);
    });
  }

  it('DHCP asks from no address, and nothing else does', () => {
    const from0 = (payload: Payload, destination = '255.255.255.255') =>
      programs.sent(frame(ip4({ source: '0.0.0.0', destination }, payload)));
    assert.equal(from0(udp({ sourcePort: 68, destinationPort: 67 })), 'pass');
    assert.equal(from0(udp({ sourcePort: 68, destinationPort: 67 }), peer[4]), 'drop');
    assert.equal(from0(udp({ sourcePort: 68, destinationPort: 53 })), 'drop');
    assert.equal(from0(tcp({ sourcePort: 68, destinationPort: 67, flags: tcpFlag.syn })), 'drop');
  });

  it('a link-local source is for DHCPv6, discovery and listener reports only', () => {
    assert.equal(sent6(linkLocal, 'ff02::1:2', udp({ sourcePort: 546, destinationPort: 547 })), 'pass');
    assert.equal(sent6(linkLocal, 'ff02::1:2', udp({ sourcePort: 546, destinationPort: 53 })), 'drop');
    assert.equal(sent6(linkLocal, peer[6], asked), 'drop');
    assert.equal(sent6(linkLocal, peer[6], icmp6({ type: 128 })), 'drop');
    for (const type of [130, 131, 132, 143]) {
      const report = extension(protocol.hopByHop, icmp6({ type }));
      assert.equal(sent6(linkLocal, 'ff02::16', report, 1), 'pass', `${type}`);
      assert.equal(sent6('::', 'ff02::16', report, 1), 'pass', `${type}`);
      assert.equal(sent6(linkLocal, 'ff02::16', report, 64), 'drop', `${type} that routers would forward`);
      assert.equal(sent6(linkLocal, peer[6], report, 1), 'drop', `${type} to one address`);
    }
  });

  it('ARP speaks for the pod’s own address only: a gratuitous one for another’s is dropped', () => {
    const says = (operation: number, sender: string, target: string) =>
      programs.sent(
        frame(arp({ operation, sender, target }), { destination: [255, 255, 255, 255, 255, 255] }),
      );
    assert.equal(says(1, pod[4], peer[4]), 'pass');
    assert.equal(says(2, pod[4], peer[4]), 'pass');
    assert.equal(says(1, '0.0.0.0', pod[4]), 'pass');
    for (const operation of [1, 2]) {
      assert.equal(says(operation, peer[4], peer[4]), 'drop');
      assert.equal(says(operation, node[4], pod[4]), 'drop');
    }
    assert.equal(programs.events().at(-1)?.reason, 'spoofed');
  });

  it('ARP that is cut off, or not of IPv4 over Ethernet, is dropped', () => {
    const whole = frame(arp({ operation: 1, sender: pod[4], target: peer[4] }));
    for (let length = 15; length < whole.length; length++)
      assert.equal(programs.sent(whole.subarray(0, length)), 'drop', `${length} bytes`);
    for (const place of [18, 19]) {
      const odd = Buffer.from(whole);
      odd[place] = 5;
      assert.equal(programs.sent(odd), 'drop');
    }
  });

  it('what the pod gets by ARP passes', () => {
    programs.commit(stage({ ingress: [], egress: [] }));
    assert.equal(programs.received(frame(arp({ operation: 2, sender: peer[4], target: pod[4] }))), 'pass');
  });

  it('a neighbour advertisement for another’s address is dropped', () => {
    const own = [pod[6], linkLocal];
    for (const source of own) assert.equal(sent6(source, allNodes, discovery(136, pod[6])), 'pass', source);
    assert.equal(sent6(linkLocal, allNodes, discovery(136, linkLocal)), 'pass');
    assert.equal(sent6(pod[6], allNodes, discovery(136, peer[6])), 'drop');
    assert.equal(sent6(linkLocal, allNodes, discovery(136, peer[6])), 'drop');
    assert.equal(
      sent6(pod[6], allNodes, discovery(136, linkLocal)),
      'drop',
      'the link-local address of another',
    );
    assert.equal(sent6(peer[6], allNodes, discovery(136, peer[6])), 'drop');
    assert.equal(sent6('::', allNodes, discovery(136, peer[6])), 'drop');
  });

  it('an advertisement behind extension headers is checked too', () => {
    const hidden = (target: string) => extension(protocol.destinationOptions, discovery(136, target));
    assert.equal(sent6(pod[6], allNodes, hidden(pod[6])), 'pass');
    assert.equal(sent6(pod[6], allNodes, hidden(peer[6])), 'drop');
  });

  it('a solicitation asks for any address, but claims none but the pod’s own', () => {
    assert.equal(sent6(pod[6], 'ff02::1:ff00:2', discovery(135, peer[6])), 'pass');
    assert.equal(sent6(linkLocal, 'ff02::1:ff00:2', discovery(135, peer[6])), 'pass');
    assert.equal(sent6('::', 'ff02::1:ff00:1', discovery(135, pod[6])), 'pass');
    assert.equal(sent6('::', 'ff02::1:ff00:1', discovery(135, linkLocal)), 'pass');
    assert.equal(sent6('::', 'ff02::1:ff00:2', discovery(135, peer[6])), 'drop');
    assert.equal(sent6(peer[6], 'ff02::1:ff00:2', discovery(135, pod[6])), 'drop');
  });

  it('a pod is no router: it asks for one, and never advertises or redirects', () => {
    assert.equal(sent6(linkLocal, 'ff02::2', discovery(133, '::')), 'pass');
    for (const type of [134, 137]) assert.equal(sent6(linkLocal, allNodes, discovery(type, peer[6])), 'drop');
  });

  it('discovery is discovery only with a hop limit of 255', () => {
    programs.commit(stage({ ingress: [], egress: [] }));
    const received = (hopLimit: number) =>
      programs.received(
        frame(ip6({ source: linkLocal, destination: pod[6], hopLimit }, discovery(135, pod[6]))),
      );
    assert.equal(received(255), 'pass');
    assert.equal(received(254), 'drop');
    assert.equal(sent6(pod[6], peer[6], discovery(136, pod[6]), 255), 'pass');
    assert.equal(sent6(pod[6], peer[6], discovery(136, pod[6]), 64), 'drop');
  });

  it('an isolated pod gets nothing that is addressed to another: bridges flood', () => {
    programs.commit(stage({ ingress: [anyPeerPort()] }));
    for (const family of families) {
      const to = (destination: string, mac?: readonly number[]) =>
        programs.received(
          frame(
            datagram(family, { source: peer[family], destination }, asked),
            mac ? { destination: mac } : {},
          ),
        );
      assert.equal(to(pod[family]), 'pass');
      assert.equal(to(stranger[family]), 'drop');
      assert.equal(programs.events().at(-1)?.reason, 'not-addressed');
      assert.equal(to(family === 4 ? '224.0.0.251' : 'ff02::fb'), 'pass');
      if (family === 4) assert.equal(to('10.9.255.255', [255, 255, 255, 255, 255, 255]), 'pass', 'broadcast');
    }
    programs.commit(stage({}));
    for (const family of families)
      assert.equal(
        programs.received(
          frame(datagram(family, { source: peer[family], destination: stranger[family] }, asked)),
        ),
        'pass',
      );
  });

  it('a node’s address is the host’s only where the node itself sends', () => {
    for (const family of families) {
      const packet = frame(datagram(family, { source: node[family], destination: pod[family] }, asked));
      programs.commit(stage({ ingress: [{ peer: slot.node, cookie: 1 }], egress: [] }));
      assert.equal(programs.received(packet), 'pass');
      assert.equal(programs.received(packet, { ingressIfindex: 3 }), 'drop', 'a NodePort client behind SNAT');
      programs.commit(stage({ ingress: [{ peer: slot.forwarded, cookie: 1 }], egress: [] }));
      assert.equal(programs.received(packet), 'drop');
      assert.equal(programs.received(packet, { ingressIfindex: 3 }), 'pass');
      programs.forget();
    }
  });

  it('what comes back to the pod from its own interface passes, whoever it seems to be from', () => {
    for (const family of families) {
      for (const source of [pod[family], node[family]]) {
        const packet = frame(datagram(family, { source, destination: pod[family] }, asked));
        programs.commit(stage({ ingress: [{ peer: slot.peer, cookie: 1 }] }));
        assert.equal(programs.received(packet, { ingressIfindex: 3 }), 'drop');
        programs.forget();
        assert.equal(programs.received(packet, { ingressIfindex: loopback }), 'pass');
        programs.forget();
      }
    }
  });

  it('to a node’s address a pod sends as to the host', () => {
    for (const family of families) {
      const packet = frame(datagram(family, { source: pod[family], destination: node[family] }, asked));
      programs.commit(stage({ egress: [{ peer: slot.node, cookie: 1 }] }));
      assert.equal(programs.sent(packet, { ingressIfindex: 1 }), 'pass');
      programs.commit(stage({ egress: [{ peer: slot.forwarded, cookie: 1 }] }));
      assert.equal(programs.sent(packet, { ingressIfindex: 1 }), 'drop');
    }
  });
});
