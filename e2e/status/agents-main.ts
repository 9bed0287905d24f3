import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { importPair, makeKey, readKey } from '@weir/operator/src/trust/key-pair.ts';
import { makeCertificate } from '@weir/operator/src/trust/make-certificate.ts';
import { each } from '../cluster-source/objects.ts';
import { SimulatedAgent } from './simulated-agent.ts';

/** Longest time of a node's commit, in milliseconds. */
const mostApplyMs = 100;
const hour = 3_600_000;

/** Issues certificates of nodes, all with one key, which is a lot cheaper than a key and files for each. */
async function openIssuer(folder: string) {
  const [ca, caKey] = await Promise.all(['ca.crt', 'ca.key'].map((file) => readFile(join(folder, file))));
  const authority = await importPair(readKey('ca.key', String(caKey)));
  const key = makeKey();
  const { publicKey } = await importPair(readKey('the key of all agents', key));
  const validity = { notBefore: new Date(Date.now() - hour), notAfter: new Date(Date.now() + 10 * hour) };
  return async (node: string) => {
    const subject = { usage: 'node', commonName: node, names: [node] } as const;
    const cert = await makeCertificate(authority, publicKey, subject, validity);
    return { ca: Buffer.from(ca ?? ''), cert: Buffer.from(cert), key: Buffer.from(key) };
  };
}

/** Child of AgentsProcess: agents of node-0 to node-(count - 1). Tells when all are accepted, and how much they did. */
async function main([operator = '', folder = '', count]: readonly string[]): Promise<void> {
  const issue = await openIssuer(folder);
  let [reports, ends] = [0, 0];
  await each(Number(count), async (index) => {
    const node = `node-${index}`;
    const agent = new SimulatedAgent({
      node,
      operator,
      tls: await issue(node),
      applyMs: () => Math.round(Math.random() * mostApplyMs),
      onReported: () => {
        reports += 1;
      },
      onEnd: () => {
        ends += 1;
      },
    });
    await agent.start();
  });
  process.on('message', () => process.send?.({ reports, ends }));
  process.send?.({ reports, ends });
}

// Nobody is left to report to.
process.on('disconnect', () => process.exit(0));
await main(process.argv.slice(2));
