import assert from 'node:assert/strict';
import { arp, frame, tcp, tcpFlag } from './packet.ts';
import { Programs } from './programs.ts';
import { datagram, families, node, pod, type Stage, slot, stage, tcpPort, udpPort } from './scene.ts';
import { Wire } from './wire.ts';

const bytes = 3_000_000;

/** Sends `bytes` to the first who connects. */
const tcpServer = `
  require('node:net').createServer((socket) => socket.end(Buffer.alloc(${bytes}), () => setTimeout(process.exit, 500)))
    .listen(8080, '::');
  setTimeout(process.exit, 3000);
`;
/** Prints how many it gets. */
const tcpClient = (address: string): string => `
  let count = 0;
  const connect = () => require('node:net').connect(8080, '${address}')
    .on('data', (data) => { count += data.length; })
    .on('end', () => { console.log(count); process.exit(); })
    .on('error', () => setTimeout(connect, 50));
  connect();
  setTimeout(() => process.exit(1), 2000);
`;
/** Sends back what it gets. */
const udpServer = `
  const socket = require('node:dgram').createSocket('udp6');
  socket.on('message', (data, from) => {
    socket.send(data, from.port, from.address);
    setTimeout(process.exit, 200);
  }).bind(9000);
  setTimeout(process.exit, 1500);
`;
/** Prints the size of the first answer. */
const udpClient = (family: 4 | 6, address: string, size: number): string => `
  const socket = require('node:dgram').createSocket('udp${family}');
  const send = () => socket.send(Buffer.alloc(${size}), 9000, '${address}');
  socket.on('message', (data) => { console.log(data.length); process.exit(); });
  setInterval(send, 100);
  setTimeout(() => process.exit(1), 1200);
`;

describe('real packets', () => {
  let programs: Programs;
  let wire: Wire;
  before(async () => {
    programs = await Programs.load();
    wire = new Wire(programs);
  });
  after(() => {
    wire?.close();
    programs.close();
  });
  beforeEach(() => programs.forget());

  const commit = (rules: Stage) => programs.commit(stage({ ...rules, ifindex: wire.ifindex }));

  for (const family of families) {
    const ask = async (from: 'node' | 'pod', size: number): Promise<string | undefined> => {
      const to = from === 'node' ? 'pod' : 'node';
      const address = to === 'pod' ? pod[family] : node[family];
      const [answer] = await Promise.all([
        wire.script(from, '-e', udpClient(family, address, size)),
        wire.script(to, '-e', udpServer),
      ]);
      return answer;
    };

    for (const size of [100, 4000])
      it(`IPv${family}, UDP of ${size} bytes: a pod asks and is asked as its policy says`, async () => {
        const rules = [{ peer: slot.node, port: udpPort(9000), cookie: 1 }];
        commit({ egress: rules, ingress: [] });
        assert.equal(await ask('pod', size), String(size));
        assert.equal(await ask('node', size), undefined);
        assert.ok(
          programs
            .events()
            .some(({ reason, direction }) => reason === 'policy-deny' && direction === 'ingress'),
        );
        commit({ egress: [], ingress: rules });
        assert.equal(await ask('node', size), String(size));
        assert.equal(await ask('pod', size), undefined);
      }).timeout(20_000);

    it(`IPv${family}, TCP: large segments pass, and those to another port do not`, async () => {
      const transfer = async (): Promise<string | undefined> => {
        const [got] = await Promise.all([
          wire.script('node', '-e', tcpClient(pod[family])),
          wire.script('pod', '-e', tcpServer),
        ]);
        return got;
      };
      commit({ egress: [], ingress: [{ peer: slot.node, port: tcpPort(8080), cookie: 1 }] });
      assert.equal(await transfer(), String(bytes));
      assert.deepEqual(
        programs.events().filter(({ reason }) => reason !== 'policy-allow'),
        [],
      );
      commit({ egress: [], ingress: [{ peer: slot.node, port: tcpPort(8081), cookie: 1 }] });
      assert.equal(await transfer(), undefined);
    }).timeout(20_000);
  }

  it('a tag that the kernel has taken off the frame is seen', async () => {
    commit({});
    const syn = tcp({ sourcePort: 5000, destinationPort: 80, flags: tcpFlag.syn });
    const inside = datagram(4, { source: pod[4], destination: node[4] }, syn);
    const broadcast = [255, 255, 255, 255, 255, 255];
    await wire.sendFromPod(frame(inside, { destination: broadcast }));
    assert.deepEqual(
      programs.events().map(({ reason }) => reason),
      ['policy-allow'],
    );
    await wire.sendFromPod(frame(inside, { destination: broadcast, vlans: [{ id: 0 }] }));
    assert.deepEqual(
      programs.events().map(({ reason }) => reason),
      ['protocol'],
    );
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
    assert.match(neighbours(), /10\.9\.0\.1 .*02:00:00:00:00:01/);
    await announce('10.9.0.77');
    assert.doesNotMatch(neighbours(), /10\.9\.0\.77/);
  });
});
