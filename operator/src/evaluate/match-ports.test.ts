import assert from 'node:assert/strict';
import type { PortSpec, Ports } from '../model/policy.ts';
import { matchPorts } from './match-ports.ts';
import type { Packet } from './side.ts';
import { named, tcp } from './test-cluster.ts';

const http = [{ name: 'http', protocol: 'TCP', port: 8080 }] as const;

const matches = (ports: Ports, protocol: Packet['protocol'], port: number) =>
  matchPorts(ports, { protocol, port }, http);

const only = (port: PortSpec): Ports => ({ kind: 'list', ports: [port] });

describe('matchPorts', () => {
  it('matches every protocol without a ports field, nothing with an empty one', () => {
    for (const protocol of ['TCP', 'ICMP', 47] as const) {
      assert.ok(matches({ kind: 'all' }, protocol, 0));
      assert.equal(matches({ kind: 'none' }, protocol, 0), false);
    }
  });

  it('takes both ends of a range in', () => {
    assert.deepEqual(
      [79, 80, 89, 90].map((port) => matches(tcp(80, 89), 'TCP', port)),
      [false, true, true, false],
    );
  });

  it('never matches ICMP or another protocol by a range of all ports', () => {
    assert.equal(matches(tcp(0, 65535), 'ICMP', 8), false);
    assert.equal(matches(tcp(0, 65535), 'UDP', 53), false);
    assert.equal(matches(tcp(0, 65535), 6, 80), false);
  });

  it('matches an ICMP type of its family alone, 0 too', () => {
    const reply = only({ kind: 'icmp', family: 4, type: 0 });
    assert.ok(matches(reply, 'ICMP', 0));
    assert.equal(matches(reply, 'ICMP', 8), false);
    assert.equal(matches(reply, 'ICMPv6', 0), false);
    assert.equal(matches(reply, 'TCP', 0), false);
    assert.ok(matches(only({ kind: 'icmp', family: 6, type: 128 }), 'ICMPv6', 128));
  });

  it('matches no ICMP packet by type 256', () => {
    for (let type = 0; type < 256; type++)
      assert.equal(matches(only({ kind: 'icmp', family: 4, type: 256 }), 'ICMP', type), false);
  });

  it('matches a whole protocol by its number', () => {
    const gre = only({ kind: 'protocol', protocol: 47 });
    assert.ok(matches(gre, 47, 0));
    assert.equal(matches(gre, 50, 0), false);
    assert.equal(matches(gre, 'TCP', 47), false);
  });

  it('looks up a name among the ports of the pod, for the same protocol', () => {
    assert.ok(matches(named('http'), 'TCP', 8080));
    assert.equal(matches(named('http'), 'TCP', 80), false);
    assert.equal(matches(named('https'), 'TCP', 8080), false);
    const udp = only({ kind: 'named', protocol: 'UDP', name: 'http', last: 0 });
    assert.equal(matches(udp, 'UDP', 8080), false);
  });

  it('begins a range at the named port, which is there however early it ends', () => {
    const upTo = (last: number) =>
      [8079, 8080, 8081, 8082].map((port) => matches(named('http', last), 'TCP', port));
    assert.deepEqual(upTo(8081), [false, true, true, false]);
    assert.deepEqual(upTo(80), [false, true, false, false]);
  });
});
