import assert from 'node:assert/strict';
import {
  arp,
  authentication,
  type Datagram,
  ethertype,
  extension,
  fragment6,
  frame,
  icmp4,
  icmp6,
  ip4,
  ip6,
  type Payload,
  protocol,
  sctp,
  tcp,
  tcpFlag,
  udp,
} from './packet.ts';
import { Programs } from './programs.ts';
import { anyPeerPort, datagram, families, inward, outward, peer, pod, stage } from './scene.ts';

const ethernetBytes = 14;
/** The kernel takes no frame for a test that ends inside its IP header. */
const shortest = { 4: ethernetBytes + 20, 6: ethernetBytes + 40 } as const;

const ports = { sourcePort: 5000, destinationPort: 53 };
/** Each with the bytes of its header that must be there. */
const transports: readonly (readonly [name: string, payload: (family: 4 | 6) => Payload, header: number])[] =
  [
    ['TCP', () => tcp({ ...ports, flags: tcpFlag.ack }), 20],
    ['UDP', () => udp(ports), 8],
    ['SCTP', () => sctp({ ...ports, chunk: 0 }), 13],
    ['ICMP', (family) => (family === 4 ? icmp4({ type: 8, id: 1 }) : icmp6({ type: 128, id: 1 })), 8],
  ];

const extensions = (count: number, payload: Payload): Payload =>
  count === 0 ? payload : extension(protocol.destinationOptions, extensions(count - 1, payload));

describe('bad packets', () => {
  let programs: Programs;
  before(async () => {
    programs = await Programs.load();
  });
  after(() => programs.close());
  beforeEach(() => {
    programs.forget();
    programs.commit(stage({ ingress: [anyPeerPort()], egress: [anyPeerPort()] }));
  });

  const allowedThenCut = (whole: Buffer, run: (bytes: Buffer) => string, from: number): void => {
    assert.equal(run(whole), 'pass');
    for (let length = from; length < whole.length; length++)
      assert.equal(run(whole.subarray(0, length)), 'drop', `${length} bytes`);
  };

  for (const family of families)
    for (const [name, payload, header] of transports) {
      it(`IPv${family}, ${name}: a frame that ends anywhere inside its packet is dropped`, () => {
        const whole = outward(family, payload(family));
        allowedThenCut(whole, (bytes) => programs.sent(bytes), shortest[family]);
        const reverse = inward(family, payload(family));
        allowedThenCut(reverse, (bytes) => programs.received(bytes), shortest[family]);
      });

      it(`IPv${family}, ${name}: a packet that ends inside its headers is dropped, whatever the frame has`, () => {
        const ends = { source: pod[family], destination: peer[family] };
        for (let bytes = 0; bytes < header; bytes++) {
          const { protocol: number, bytes: all } = payload(family);
          const short = { protocol: number, bytes: all.subarray(0, bytes) };
          const padded = Buffer.concat([frame(datagram(family, ends, short)), all.subarray(bytes)]);
          assert.equal(programs.sent(padded), 'drop', `${bytes} bytes`);
        }
      });
    }

  it('padding behind the packet does no harm', () => {
    for (const family of families)
      assert.equal(programs.sent(Buffer.concat([outward(family, udp(ports)), Buffer.alloc(40)])), 'pass');
  });

  it('IPv4: a wrong header length, version or total length is dropped', () => {
    const ends = { source: pod[4], destination: peer[4] };
    const bad = (options: Partial<Parameters<typeof ip4>[0]>) =>
      programs.sent(frame(ip4({ ...ends, ...options }, udp(ports))));
    for (const headerWords of [0, 1, 2, 3, 4, 11, 15])
      assert.equal(bad({ headerWords }), 'drop', `${headerWords}`);
    for (const version of [0, 5, 6, 15]) assert.equal(bad({ version }), 'drop', `version ${version}`);
    for (const totalLength of [0, 1, 19, 20, 27, 41, 65535])
      assert.equal(bad({ totalLength }), 'drop', `length ${totalLength}`);
    assert.equal(bad({ options: new Uint8Array(40) }), 'pass');
    assert.ok(programs.events().every(({ reason }) => reason === 'malformed' || reason === 'policy-allow'));
  });

  it('IPv6: a wrong version or payload length is dropped, and so are jumbograms', () => {
    const ends = { source: pod[6], destination: peer[6] };
    const bad = (options: Partial<Parameters<typeof ip6>[0]>, payload: Payload = udp(ports)) =>
      programs.sent(frame(ip6({ ...ends, ...options }, payload)));
    for (const version of [0, 4, 5, 15]) assert.equal(bad({ version }), 'drop', `version ${version}`);
    for (const payloadLength of [0, 1, 7, 21, 65535])
      assert.equal(bad({ payloadLength }), 'drop', `length ${payloadLength}`);
    const jumbo = extension(protocol.hopByHop, udp(ports));
    jumbo.bytes.set([0xc2, 4, 0, 1, 0, 0], 2);
    assert.equal(bad({ payloadLength: 0 }, jumbo), 'drop');
  });

  it('IPv6: six extension headers are read, the seventh is too many', () => {
    const packet = (count: number) => outward(6, extensions(count, udp(ports)));
    assert.equal(programs.sent(packet(6)), 'pass');
    assert.equal(programs.sent(packet(7)), 'drop');
    assert.equal(programs.sent(packet(60)), 'drop');
    assert.equal(programs.received(inward(6, extensions(7, udp(ports)))), 'drop');
  });

  it('IPv6: a rule for a port holds behind every kind of extension header', () => {
    const egress = [{ ...anyPeerPort(), port: (1 << 16) | 53 }];
    programs.commit(stage({ egress }));
    const wrappers: ((payload: Payload) => Payload)[] = [
      (payload) => extension(protocol.hopByHop, payload),
      (payload) => extension(protocol.routing, payload, 24),
      (payload) => extension(protocol.destinationOptions, payload, 256),
      (payload) => extension(protocol.destinationOptions, payload, 1024),
      (payload) => authentication(payload),
      (payload) => authentication(payload, 24),
      (payload) => fragment6({ id: 1 }, payload),
      (payload) => extension(protocol.hopByHop, extension(protocol.routing, authentication(payload))),
    ];
    for (const [index, wrap] of wrappers.entries()) {
      assert.equal(programs.sent(outward(6, wrap(udp(ports)))), 'pass', `${index}`);
      assert.equal(
        programs.sent(outward(6, wrap(udp({ ...ports, destinationPort: 54 })))),
        'drop',
        `${index}`,
      );
    }
  });

  it('IPv6: a chain that is cut off anywhere is dropped', () => {
    const chain = extension(
      protocol.hopByHop,
      authentication(fragment6({ id: 1 }, extensions(2, udp(ports)))),
    );
    const headers = chain.bytes.length - udp(ports).bytes.length + 8;
    const ends = { source: pod[6], destination: peer[6] };
    assert.equal(programs.sent(frame(ip6(ends, chain))), 'pass');
    for (let bytes = 0; bytes < headers; bytes++) {
      const short = { protocol: chain.protocol, bytes: chain.bytes.subarray(0, bytes) };
      assert.equal(programs.sent(frame(ip6(ends, short))), 'drop', `${bytes} bytes`);
    }
  });

  it('IPv6: a header that says it is longer than the packet is dropped', () => {
    const lying = extension(protocol.destinationOptions, udp(ports));
    lying.bytes[1] = 255;
    assert.equal(programs.sent(outward(6, lying)), 'drop');
  });

  it('what is neither IP nor ARP passes only where nothing is isolated', () => {
    const lldp: Datagram = { ethertype: 0x88cc, bytes: Buffer.alloc(46) };
    const llc: Datagram = { ethertype: 38, bytes: Buffer.alloc(46) };
    for (const strange of [lldp, llc]) {
      programs.commit(stage({ ingress: [anyPeerPort()], egress: [anyPeerPort()] }));
      assert.equal(programs.sent(frame(strange)), 'drop');
      assert.equal(programs.received(frame(strange)), 'drop');
      assert.equal(programs.events().at(-1)?.reason, 'protocol');
      programs.commit(stage({}));
      assert.equal(programs.sent(frame(strange)), 'pass');
      assert.equal(programs.received(frame(strange)), 'pass');
    }
  });

  it('a VLAN tag does not hide a packet, a tag of VLAN 0 does not hide its source', () => {
    const inside = datagram(4, { source: peer[4], destination: pod[4] }, udp(ports));
    const tags = [[{ id: 0 }], [{ id: 7 }], [{ id: 7, ethertype: ethertype.qinq }, { id: 8 }]];
    for (const vlans of tags) {
      programs.commit(stage({ ingress: [anyPeerPort()] }));
      assert.equal(programs.received(frame(inside, { vlans })), 'drop');
      assert.equal(programs.sent(frame(inside, { vlans })), 'drop');
      programs.commit(stage({}));
      assert.equal(programs.received(frame(inside, { vlans })), 'pass');
      assert.equal(programs.sent(frame(inside, { vlans })), 'drop');
    }
  });

  it('where nothing is isolated a pod gets what can’t be read, and still sends none', () => {
    programs.commit(stage({}));
    const whole = inward(6, extensions(7, udp(ports)));
    assert.equal(programs.received(whole), 'pass');
    assert.equal(programs.sent(outward(6, extensions(7, udp(ports)))), 'drop');
  });

  it('no packet made of noise passes where all is denied', () => {
    programs.commit(stage({ ingress: [], egress: [] }));
    const seeds = [
      ...families.flatMap((family) => transports.map(([, payload]) => outward(family, payload(family)))),
      outward(6, extensions(3, fragment6({ id: 1 }, udp(ports)))),
      frame(arp({ operation: 1, sender: peer[4], target: pod[4] })),
    ];
    let random = 1;
    const next = (limit: number): number => {
      random = (Math.imul(random, 1_103_515_245) + 12_345) >>> 0;
      return (random >>> 8) % limit;
    };
    for (let round = 0; round < 20_000; round++) {
      const bytes = Buffer.from(seeds[next(seeds.length)] ?? []);
      // Neither the EtherType nor ICMP: ARP that the pod gets, discovery and "too big" pass rightly.
      for (let change = 0; change < 4; change++)
        bytes[ethernetBytes + next(bytes.length - ethernetBytes)] = next(256);
      const next4 = bytes[ethernetBytes + 9];
      const isIp4 = bytes.readUInt16BE(12) === ethertype.ip4;
      if (isIp4 ? next4 === protocol.icmp : bytes.includes(protocol.icmp6, ethernetBytes + 6)) continue;
      assert.equal(programs.sent(bytes), 'drop', bytes.toString('hex'));
    }
  });
});
