import { readFile } from 'node:fs/promises';
import { Desired } from '@weir/node-agent/src/sync/desired.ts';
import { openStream } from '@weir/node-agent/src/sync/open-stream.ts';
import { SyncClient } from '@weir/node-agent/src/sync/sync-client.ts';
import { decodeResponse } from '@weir/proto/service.ts';

/**
 * The agents of the push bench, in a process of their own: argv has the port and a file of their certificates. The
 * first is a whole agent but for the kernel. The others take every message over TLS, decode its frame and answer it:
 * each has a machine of its own in a cluster, and 500 decoded bundles in one heap measure the garbage collector.
 */
const [port = '', path = ''] = process.argv.slice(2);
const target = `127.0.0.1:${port}`;
const silent = { error: () => {}, warn: () => {}, info: () => {}, debug: () => {} };
const nodes: { node: string; ca: string; cert: string; key: string }[] = JSON.parse(
  await readFile(path, 'utf8'),
);

for (const [index, { node, ca, cert, key }] of nodes.entries()) {
  const tls = {
    ca: Buffer.from(ca),
    cert: Buffer.from(cert),
    key: Buffer.from(key),
    serverName: 'weir-operator',
  };
  if (index === 0) startAgent(node, tls);
  else startStream(node, tls);
}

type Tls = Parameters<typeof openStream>[1];

function startAgent(node: string, tls: Tls): void {
  new SyncClient({
    target,
    tls,
    node,
    version: 'bench',
    capabilities: [],
    addresses: [],
    desired: new Desired(),
    onChange: async () => ({
      kind: 'enforced',
      counts: { endpoints: 0, tables: 0, prefixes: 0, uncovered: 0 },
    }),
    store: { save: () => {} },
    log: silent,
    clock: () => performance.now(),
    random: Math.random,
  }).start();
}

function startStream(node: string, tls: Tls): void {
  const { stream } = openStream(target, tls);
  stream.on('data', (bytes: Buffer) => {
    const { snapshot, delta } = decodeResponse(bytes);
    const revision = snapshot?.revision ?? delta?.toRevision ?? 0;
    const digest = snapshot?.digest ?? delta?.toDigest ?? new Uint8Array();
    if (snapshot?.last || delta?.last) stream.write({ applied: { revision, digest } });
  });
  stream.write({ hello: { node } });
}
