import assert from 'node:assert/strict';
import { until } from '../until.ts';
import { arp, frame, tcp, tcpFlag } from './packet.ts';
import { Programs } from './programs.ts';
import { datagram, families, node, pod, type Stage, slot, stage, tcpPort, udpPort } from './scene.ts';
import { Wire } from './wire.ts';

const bytes = 3_000_000;

/** Milliseconds that a client tries: where an answer is expected, a machine may be slow. */
const patience = { answered: 10_000, silent: 1000 } as const;
type Expected = keyof typeof patience;

/** Sends `bytes` over TCP to each that connects, and sends back what it gets by UDP; says when it is ready. */
const server = `
  const socket = require('node:dgram').createSocket('udp6');
  socket.on('message', (data, from) => socket.send(data, from.port, from.address));
  const tcp = require('node:net').createServer((client) => client.on('error', () => {}).end(Buffer.alloc(${bytes})));
  tcp.listen(8080, '::', () => socket.bind(9000, () => console.log('ready')));
`;
/** Prints how many it gets. */
const tcpClient = (address: string, expected: Expected): string => `
  let count = 0;
  require('node:net').connect(8080, '${address}')
    .on('data', (data) => { count += data.length; })
    .on('end', () => { console.log(count); process.exit(); });
  setTimeout(() => process.exit(1), ${patience[expected]});
`;
/** Prints the size of the first answer. */
const udpClient = (family: 4 | 6, address: string, size: number, expected: Expected): string => `
  const socket = require('node:dgram').createSocket('udp${family}');
  const send = () => socket.send(Buffer.alloc(${size}), 9000, '${address}');
  socket.on('message', (data) => { console.log(data.length); process.exit(); });
  setInterval(send, 100);
  setTimeout(() => process.exit(1), ${patience[expected]});
`;

describe('real packets', () => {
  let programs: Programs;
  let wire: Wire;
  before(async () => {
    programs = await Programs.load();
    wire = new Wire(programs);
    for (const where of ['node', 'pod'] as const) await wire.serve(where, server);
  });
  after(async () => {
    await wire?.close();
    programs.close();
  });
  beforeEach(() => programs.forget());

  const commit = (rules: Stage) => programs.commit(stage({ ...rules, ifindex: wire.ifindex }));

  for (const family of families) {
    const ask = (from: 'node' | 'pod', size: number, expected: Expected): Promise<string | undefined> => {
      const address = from === 'node' ? pod[family] : node[family];
      return wire.script(from, '-e', udpClient(family, address, size, expected));
    };

    for (const size of [100, 4000])
      it(`IPv${family}, UDP of ${size} bytes: a pod asks and is asked as its policy says`, async () => {
        const rules = [{ peer: slot.node, port: udpPort(9000), cookie: 1 }];
        commit({ egress: rules, ingress: [] });
        assert.equal(await ask('pod', size, 'answered'), String(size));
        assert.equal(await ask('node', size, 'silent'), undefined);
        assert.ok(
          programs
            .events()
            .some(({ reason, direction }) => reason === 'policy-deny' && direction === 'ingress'),
        );
        commit({ egress: [], ingress: rules });
        assert.equal(await ask('node', size, 'answered'), String(size));
        assert.equal(await ask('pod', size, 'silent'), undefined);
      }).timeout(60_000);

    it(`IPv${family}, TCP: large segments pass, and those to another port do not`, async () => {
      const transfer = (expected: Expected) => wire.script('node', '-e', tcpClient(pod[family], expected));
      commit({ egress: [], ingress: [{ peer: slot.node, port: tcpPort(8080), cookie: 1 }] });
      assert.equal(await transfer('answered'), String(bytes));
      assert.deepEqual(
        programs.events().filter(({ reason, protocol }) => reason !== 'policy-allow' && protocol === 6),
        [],
      );
      commit({ egress: [], ingress: [{ peer: slot.node, port: tcpPort(8081), cookie: 1 }] });
      assert.equal(await transfer('silent'), undefined);
    }).timeout(60_000);
  }

  /** Reasons that are told of a frame from the pod; other packets may be under way. */
  const told = async (sent: Buffer): Promise<readonly string[]> => {
    let reasons: readonly string[] = [];
    await wire.sendFromPod(sent);
    await until('the frame is told of', () => {
      const events = programs.events();
      reasons = events
        .filter(({ reason, sourcePort }) => reason === 'protocol' || sourcePort === 5000)
        .map(({ reason }) => reason);
      return reasons.length > 0;
    });
    return reasons;
  };

  it('a tag that the kernel has taken off the frame is seen', async () => {
    commit({});
    const syn = tcp({ sourcePort: 5000, destinationPort: 80, flags: tcpFlag.syn });
    const inside = datagram(4, { source: pod[4], destination: node[4] }, syn);
    const broadcast = [255, 255, 255, 255, 255, 255];
    assert.deepEqual(await told(frame(inside, { destination: broadcast })), ['policy-allow']);
    const tagged = frame(inside, { destination: broadcast, vlans: [{ id: 0 }] });
    assert.deepEqual(await told(tagged), ['protocol']);
  });

  it('a gratuitous ARP for another’s address does not reach the node', async () => {
    commit({});
    wire.inside('node', 'sysctl', '-q', '-w', 'net.ipv4.conf.all.arp_accept=1');
    const announce = (address: string) =>
      wire.sendFromPod(
        frame(arp({ operation: 2, sender: address, target: address }), {
          destination: [255, 255, 255, 255, 255, 255],
        }),
      );
    const neighbours = () => wire.inside('node', 'ip', 'neigh');
    wire.inside('node', 'ip', 'neigh', 'flush', 'all');
    await announce(pod[4]);
    await until('the pod is known', () => /10\.9\.0\.1 .*02:00:00:00:00:01/.test(neighbours()));
    await announce('10.9.0.77');
    await until('it is told of', () => programs.events().some(({ reason }) => reason === 'spoofed'));
    assert.doesNotMatch(neighbours(), /10\.9\.0\.77/);
  });
});
