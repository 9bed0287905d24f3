import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAuthority, operatorName } from '@weir/operator/src/trust/authority.ts';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { until } from '../until.ts';
import { identity } from './items.ts';
import type { Agent } from './pair.ts';
import { Pair } from './pair.ts';

const slow = { retryMs: { first: 60_000, most: 60_000 }, random: () => 1 };

const reason = (agent: Agent): string =>
  agent.client.state.kind === 'failed' ? agent.client.state.reason : '';

describe('trust between agent and operator', () => {
  let pair: Pair;
  const folders: string[] = [];

  const otherAuthority = async (clock = Date.now) => {
    const folder = await mkdtemp(join(tmpdir(), 'weir-other-'));
    folders.push(folder);
    return openAuthority(folder, clock);
  };

  beforeEach(async () => {
    pair = await Pair.open();
    for (const node of ['node-1', 'node-2']) pair.bundles.set(node, [identity(node)]);
  });
  afterEach(async () => {
    await pair.close();
    for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
  });

  it('refuses an agent that says it is another node', async () => {
    const tls = { ...(await pair.authority.issueNode('node-2')), serverName: operatorName };
    const agent = await pair.agent('node-1', { tls, ...slow });
    await until('refused', () => agent.client.state.kind === 'failed');
    assert.match(reason(agent), /PERMISSION_DENIED.*not that of node node-1/);
    assert.equal(agent.changes.length, 0);
    assert.equal(pair.server.status('node-1').connected, false);
  });

  it('does not end the stream of the node that someone else claims to be', async () => {
    const right = await pair.agent('node-1');
    await pair.inSync('node-1');
    const tls = { ...(await pair.authority.issueNode('node-2')), serverName: operatorName };
    const wrong = await pair.agent('node-1', { tls, ...slow });
    await until('refused', () => wrong.client.state.kind === 'failed');
    assert.equal(right.client.state.kind, 'live');
    assert.equal(pair.server.status('node-1').connected, true);
  });

  it('refuses a certificate of another authority', async () => {
    const issued = await (await otherAuthority()).issueNode('node-1');
    const ca = Buffer.from(pair.authority.certificate);
    const agent = await pair.agent('node-1', { tls: { ...issued, ca, serverName: operatorName }, ...slow });
    await until('refused', () => agent.client.state.kind === 'failed');
    assert.match(reason(agent), /UNAVAILABLE/);
    assert.equal(pair.statuses.has('node-1'), false);
  });

  it('makes an agent refuse an operator of another authority', async () => {
    const issued = await pair.authority.issueNode('node-1');
    const ca = Buffer.from((await otherAuthority()).certificate);
    const agent = await pair.agent('node-1', { tls: { ...issued, ca, serverName: operatorName }, ...slow });
    await until('refused', () => agent.client.state.kind === 'failed');
    assert.match(reason(agent), /UNAVAILABLE.*certificate/s);
  });

  it('makes an agent refuse an operator of another name', async () => {
    const tls = { ...(await pair.authority.issueNode('node-1')), serverName: 'elsewhere' };
    const agent = await pair.agent('node-1', { tls, ...slow });
    await until('refused', () => agent.client.state.kind === 'failed');
    assert.match(reason(agent), /elsewhere/);
  });

  it('refuses an expired certificate, and takes one that is not', async () => {
    const twoYearsAgo = () => Date.now() - 2 * 365 * 24 * 3_600_000;
    const old = await Pair.open(twoYearsAgo);
    try {
      old.bundles.set('node-1', [identity('a')]);
      const expired = await (await openAuthority(old.folder, twoYearsAgo)).issueNode('node-1');
      const agent = await old.agent('node-1', { tls: { ...expired, serverName: operatorName }, ...slow });
      await until('refused', () => agent.client.state.kind === 'failed');
      assert.equal(old.statuses.has('node-1'), false);
      const renewed = await old.agent('node-1');
      await old.inSync('node-1');
      assert.equal(renewed.changes.length, 1);
    } finally {
      await old.close();
    }
  });

  it('refuses the certificate of the operator as that of a node', async () => {
    const server = await pair.authority.issueServer(['node-1']);
    const agent = await pair.agent('node-1', { tls: { ...server, serverName: operatorName }, ...slow });
    await until('refused', () => agent.client.state.kind === 'failed');
    assert.equal(pair.statuses.has('node-1'), false);
  });

  it('makes an agent refuse an operator with the certificate of a node', async () => {
    await pair.server.close();
    await pair.serve(await pair.authority.issueNode(operatorName));
    const agent = await pair.agent('node-1', slow);
    await until('refused', () => agent.client.state.kind === 'failed');
    assert.match(reason(agent), /UNAVAILABLE/);
  });

  it('goes on trying with a certificate that is none', async () => {
    const agent = await pair.agent('node-1', {
      tls: { ca: Buffer.from('x'), cert: Buffer.from('x'), key: Buffer.from('x') },
    });
    await until('tried more than once', () => agent.log.count('no connection to the operator') > 1);
  });
});
