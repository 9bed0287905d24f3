import assert from 'node:assert/strict';
import { evaluateFlow } from '@weir/operator/src/evaluate/evaluate-flow.ts';
import type { Packet, Side } from '@weir/operator/src/evaluate/side.ts';
import { Cluster, type ClusterState } from '@weir/operator/src/model/cluster.ts';
import { defaultSettings } from '@weir/operator/src/model/settings.ts';
import { parseAddress } from '@weir/operator/src/source/decode/parse-prefix.ts';
import { type Manifest, parseManifest } from '@weir/operator/src/source/files/parse-manifest.ts';
import { type Block, blocksOf, readPage } from './page.ts';

const parse = ({ text, line }: Block): Promise<Manifest> =>
  parseManifest(`policies.md:${line}`, text, defaultSettings);

const problemsOf = ({ problems }: Manifest): readonly string[] =>
  problems.map(({ path, message }) => `${path}: ${message}`);

function stateOf(manifests: readonly Manifest[]): ClusterState {
  const cluster = new Cluster(defaultSettings);
  for (const { object } of manifests.flatMap(({ entries }) => entries))
    cluster.apply({ kind: 'upsert', object });
  return cluster.state;
}

function sideOf(state: ClusterState, text: string): Side {
  const address = parseAddress(text);
  if (address !== undefined) return { kind: 'address', address };
  const pod = state.pods.get(text);
  assert.ok(pod, `no pod ${text}`);
  return { kind: 'pod', pod };
}

function packetOf(protocol: string, port: number): Packet {
  const known = (['TCP', 'UDP', 'SCTP', 'ICMP', 'ICMPv6'] as const).find((name) => name === protocol);
  assert.ok(known, `no protocol ${protocol}`);
  return { protocol: known, port };
}

/** "shop/client -> shop/web TCP 80: allowed" */
function answer(state: ClusterState, line: string): string {
  const [, from = '', to = '', protocol = '', port = ''] = /^(\S+) -> (\S+) (\S+) (\d+): /.exec(line) ?? [];
  const { verdict } = evaluateFlow(state, {
    from: sideOf(state, from),
    to: sideOf(state, to),
    ...packetOf(protocol, Number(port)),
  });
  return `${from} -> ${to} ${protocol} ${port}: ${verdict === 'allow' ? 'allowed' : 'denied'}`;
}

describe('docs/policies.md', () => {
  const blocks = blocksOf(readPage('docs/policies.md'));
  const examples = blocks.flatMap((block, at) => {
    const told = blocks[at + 1];
    return block.kind.startsWith('yaml') && told?.kind === 'text'
      ? [{ block, lines: told.text.trim().split('\n') }]
      : [];
  });
  const clusters = blocks.filter(({ kind }) => kind === 'yaml cluster');

  it('has a cluster and examples with questions, and nothing else', () => {
    assert.equal(clusters.length, 1);
    assert.ok(examples.length >= 8, `${examples.length}`);
    assert.equal(blocks.length, clusters.length + 2 * examples.length);
  });

  for (const { block, lines } of examples)
    it(`means what it says in line ${block.line}`, async () => {
      const example = await parse(block);
      if (block.kind === 'yaml refused') return assert.deepEqual(problemsOf(example), lines);
      const cluster = await Promise.all(clusters.map(parse));
      assert.deepEqual([...cluster, example].flatMap(problemsOf), []);
      const state = stateOf([...cluster, example]);
      assert.deepEqual(
        lines.map((line) => answer(state, line)),
        lines,
      );
    });
});
