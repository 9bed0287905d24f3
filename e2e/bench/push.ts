import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BundleChange } from '@weir/operator/src/bundle/bundle-change.ts';
import { PushServer } from '@weir/operator/src/push/push-server.ts';
import { openAuthority } from '@weir/operator/src/trust/authority.ts';
import { encodeItem, type Item, itemKind } from '@weir/proto/item.ts';
import { Bundles } from '../sync/bundles.ts';
import { identity, key } from '../sync/items.ts';
import { atInterruption } from './interruption.ts';
import type { Result } from './result.ts';

const agents = 500;
const policies = 10;
const blocks = 100;
const rounds = 10;
const podsOfNode = 10;

const digest16 = (text: string) => createHash('sha256').update(text).digest().subarray(0, 16);

/** One policy's selector and table in one of its versions. */
function policyItems(policy: number, version: number): Item[] {
  const name = `policy ${policy} version ${version}`;
  const selectorKey = digest16(`selector ${name}`);
  const selector = encodeItem({
    kind: itemKind.selector,
    message: {
      key: selectorKey,
      blocks: Array.from({ length: blocks }, (_, block) => ({
        address: Uint8Array.of(100 + policy, version & 255, block, 0),
        length: 24,
      })),
      text: `CIDRs of ${name}`,
    },
  });
  const table = encodeItem({
    kind: itemKind.table,
    message: {
      key: digest16(`table ${name}`),
      direction: 2,
      entries: [{ selector: 1, protocol: 6, firstPort: 443, lastPort: 443, outcome: 0 }],
      outcomes: [
        {
          cookie: 1,
          verdict: 1,
          origins: [{ kind: 'NetworkPolicy', namespace: 'a', name, rule: 'spec.egress[0]' }],
        },
        { cookie: 2, verdict: 3, origins: [{ kind: 'NetworkPolicy', namespace: 'a', name, rule: 'spec' }] },
      ],
      defaultOutcome: 1,
      selectors: [selectorKey],
    },
  });
  return [selector, table];
}

const version = (number: number): Item[] =>
  Array.from({ length: policies }, (_, policy) => policyItems(policy, number)).flat();

/** The node's pods, each governed by one of the policies. */
const pods = (node: string, number: number): Item[] =>
  Array.from({ length: podsOfNode }, (_, pod) =>
    encodeItem({
      kind: itemKind.endpoint,
      message: {
        uid: `${node}-${pod}`,
        namespace: 'a',
        name: `pod-${pod}`,
        addresses: [Uint8Array.of(10, 0, 0, pod)],
        identity: key('app'),
        egressTable: digest16(`table policy ${pod % policies} version ${number}`),
      },
    }),
  );

/**
 * From publishing a change of all policies to the last agent's report, the median of some rounds; the operator here,
 * the agents in a process beside it.
 */
export async function measurePush(): Promise<readonly Result[]> {
  const folder = await mkdtemp(join(tmpdir(), 'weir-push-'));
  const authority = await openAuthority(folder, Date.now);
  const bundles = new Bundles();
  let waiting = new Set<string>();
  let done = () => {};
  const server = new PushServer({
    bundle: bundles.get,
    tls: await authority.issueServer([]),
    log: { error: console.error, warn: console.error, info: () => {}, debug: () => {} },
    clock: Date.now,
    onStatus: (node, status) => {
      if (status.digest && status.behindSince === undefined && waiting.delete(node) && waiting.size === 0)
        done();
    },
  });
  const nodes = Array.from({ length: agents }, (_, index) => `node-${index}`);
  const all = () =>
    new Promise<void>((resolve) => {
      waiting = new Set(nodes);
      done = resolve;
    });
  const base = [identity('app'), ...version(0)];
  const certificates = [];
  for (const node of nodes) {
    bundles.set(node, [...base, ...pods(node, 0)]);
    const { ca, cert, key: privateKey } = await authority.issueNode(node);
    certificates.push({ node, ca: ca.toString(), cert: cert.toString(), key: privateKey.toString() });
  }
  const path = join(folder, 'agents.json');
  await writeFile(path, JSON.stringify(certificates), { mode: 0o600 });
  const port = await server.listen('127.0.0.1:0');
  const connected = all();
  const script = join(import.meta.dirname, 'push-agents.ts');
  const child = spawn(process.execPath, [script, String(port), path], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const forget = atInterruption(async () => {
    child.kill();
    await rm(folder, { recursive: true });
  });
  try {
    await connected;
    const times: number[] = [];
    let bytes = 0;
    for (let round = 1; round <= rounds; round++) {
      const [upserts, removes] = [version(round), version(round - 1)];
      const changes: BundleChange[] = nodes.map((node) =>
        bundles.change(node, [...upserts, ...pods(node, round)], removes),
      );
      bytes = changes[0]?.upserts.reduce((sum, item) => sum + item.field.length, 0) ?? 0;
      const applied = all();
      const start = performance.now();
      server.publish(changes);
      await applied;
      times.push(performance.now() - start);
    }
    times.sort((a, b) => a - b);
    const value = times[Math.floor(times.length / 2)] ?? Number.NaN;
    return [
      { name: 'push_ms_500_agents', value, unit: 'ms', better: 'lower' },
      { name: 'push_bytes_a_node', value: bytes, unit: 'bytes', better: 'lower' },
    ];
  } finally {
    forget();
    const gone = once(child, 'exit');
    child.kill();
    await gone;
    await server.close();
    await rm(folder, { recursive: true });
  }
}
