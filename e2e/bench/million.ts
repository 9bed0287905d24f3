import { ImageBuilder } from '@weir/node-agent/src/image/image-builder.ts';
import { direction } from '@weir/node-agent/src/image/layout.ts';
import { lookup } from '@weir/node-agent/src/image/lookup.ts';
import { halvesFor, smallestHalves } from '@weir/node-agent/src/kernel/size-class.ts';
import { frame, ip4, tcp, tcpFlag } from '../kernel/packet.ts';
import { Programs } from '../kernel/programs.ts';
import { loopback } from '../kernel/test-run.ts';
import type { Result } from './result.ts';
import {
  addressInside,
  benchEndpoint,
  ports,
  portsOfIdentity,
  randomNumbers,
  randomPrefixes4,
  syntheticBundle,
} from './synthetic-bundle.ts';

const prefixCount = 1_000_000;
const probes = 5000;

/** Builds, loads and enforces a million prefixes; throws where the programs judge a packet otherwise than the image. */
export async function measureMillion(): Promise<readonly Result[]> {
  const prefixes = randomPrefixes4(prefixCount);
  const bundle = syntheticBundle(prefixes);
  const bindings = [{ uid: benchEndpoint.uid, ifindex: loopback, instance: 1, adoptUntil: 0 }];
  const builder = new ImageBuilder();
  const start = performance.now();
  builder.update({ bundle, whole: true, upserts: [], removes: [] }, bindings, []);
  const built = performance.now();
  const { image } = builder;
  const programs = await Programs.load(halvesFor(image, smallestHalves));
  try {
    programs.commit(image);
    const loaded = performance.now();
    const random = randomNumbers(4711);
    let allowed = 0;
    for (let probe = 0; probe < probes; probe++) {
      const prefix = prefixes[random() % prefixCount];
      if (!prefix) throw new Error('no prefixes');
      const peer = addressInside(prefix, random);
      const [listed = 0] = portsOfIdentity(prefix.identity);
      const port = ports[probe % 2 === 0 ? listed : random() % ports.length] ?? 0;
      const payload = tcp({ sourcePort: 40_000, destinationPort: port, flags: tcpFlag.syn });
      const verdict = programs.sent(frame(ip4({ source: benchEndpoint.ip4, destination: peer }, payload)));
      const query = { ifindex: loopback, direction: direction.egress, address: peer, protocol: 6, port };
      const expected = lookup(image, query)?.outcome.allow === true ? 'pass' : 'drop';
      if (verdict !== expected)
        throw new Error(`${Buffer.from(peer).join('.')}:${port}: ${verdict}, not ${expected}`);
      if (verdict === 'pass') allowed++;
    }
    if (allowed === 0 || allowed === probes) throw new Error(`${allowed} of ${probes} packets passed`);
    return [
      { name: 'build_s_1m', value: (built - start) / 1000, unit: 's', better: 'lower' },
      { name: 'load_s_1m', value: (loaded - built) / 1000, unit: 's', better: 'lower' },
    ];
  } finally {
    programs.close();
  }
}
