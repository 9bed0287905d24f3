import assert from 'node:assert/strict';
import type { Ports } from '../model/policy.ts';
import { matchPorts } from './match-ports.ts';
import type { Packet } from './side.ts';
import { named, tcp } from './test-cluster.ts';

const http = [{ name: 'http', protocol: 'TCP', port: 8080 }] as const;

const matches = (ports: Ports, protocol: Packet['protocol'], port: number) =>
  matchPorts(ports, { protocol, port }, http);

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

  it('looks up a name among the ports of the pod, for the same protocol', () => {
    assert.ok(matches(named('http'), 'TCP', 8080));
    assert.equal(matches(named('http'), 'TCP', 80), false);
    assert.equal(matches(named('https'), 'TCP', 8080), false);
    const udp: Ports = { kind: 'list', ports: [{ kind: 'named', protocol: 'UDP', name: 'http', last: 0 }] };
    assert.equal(matches(udp, 'UDP', 8080), false);
  });
});
