import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { connect } from 'node:tls';
import type { ClientTls } from '@weir/node-agent/src/sync/open-stream.ts';
import { PushServer } from '@weir/operator/src/push/push-server.ts';
import { operatorName } from '@weir/operator/src/trust/authority.ts';
import { AuthorityObjects } from '@weir/operator/src/trust/authority-objects.ts';
import { ClusterAuthority } from '@weir/operator/src/trust/cluster-authority.ts';
import { authorityTimes } from '@weir/operator/src/trust/stored-authority.ts';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import { Bundles } from '../sync/bundles.ts';
import { identity } from '../sync/items.ts';
import { Agent, Lines } from '../sync/pair.ts';
import { until } from '../until.ts';
import { namespace, Stage } from './stage.ts';

const day = 24 * 3_600_000;
const signal = new AbortController().signal;
const soonMs = 60_000;

describe('the authority of a cluster', function () {
  this.timeout(600_000);
  let stage: Stage;
  /** Milliseconds by which the operators' clock is ahead. */
  let ahead = 0;
  const open: { close(): Promise<void> }[] = [];

  const authority = (leads = true): ClusterAuthority => {
    const made = new ClusterAuthority({
      client: stage.client,
      namespace,
      clock: () => Date.now() + ahead,
      log: new Lines(),
      leads: () => leads,
    });
    open.push(made);
    return made;
  };
  const look = async (of: ClusterAuthority): Promise<void> => {
    of.refresh();
    await of.start(signal);
  };
  /** What the server shows to whoever connects now. */
  const shown = (port: number): Promise<X509Certificate> =>
    new Promise((resolve, reject) => {
      const socket = connect(
        { port, host: '127.0.0.1', rejectUnauthorized: false, ALPNProtocols: ['h2'] },
        () => {
          const certificate = socket.getPeerX509Certificate();
          socket.destroy();
          if (certificate) resolve(certificate);
          else reject(new Error('nothing is shown'));
        },
      );
      socket.on('error', reject);
    });
  const certificates = async (): Promise<readonly X509Certificate[]> =>
    ((await stage.trusted()).match(/-----BEGIN[\s\S]+?END CERTIFICATE-----/g) ?? []).map(
      (pem) => new X509Certificate(pem),
    );
  const trusts = async (certificate: X509Certificate): Promise<boolean> =>
    (await certificates()).some(({ publicKey }) => certificate.verify(publicKey));
  const serve = async (by: ClusterAuthority): Promise<{ server: PushServer; port: number }> => {
    const bundles = new Bundles();
    bundles.set('node-1', [identity('node-1')]);
    const server = new PushServer({
      bundle: bundles.get,
      tls: by.identity,
      admit: () => Promise.resolve({ lifetimeMs: undefined, pod: undefined }),
      log: new Lines(),
      clock: Date.now,
      onStatus: () => undefined,
    });
    open.push(server);
    return { server, port: await server.listen('127.0.0.1:0') };
  };

  before(async function () {
    this.timeout(900_000);
    stage = await Stage.open();
  });
  beforeEach(() => {
    ahead = 0;
  });
  afterEach(async () => {
    for (const each of open.splice(0).reverse()) await each.close();
    for (const kind of ['secret', 'configmap'])
      await stage.plane.mustKubectl('delete', kind, 'weir-ca', '-n', namespace, '--ignore-not-found');
  });
  after(() => stage?.close());

  it('is one, also where all operators start at once', async () => {
    const all = Array.from({ length: 5 }, () => authority());
    await Promise.all(all.map((each) => each.start(signal)));
    for (const each of all) await look(each);
    assert.equal((await certificates()).length, 1);
    for (const each of all) {
      const { port } = await serve(each);
      assert.ok(await trusts(await shown(port)));
    }
  });

  it('keeps its keys out of what agents read', async () => {
    await authority().start(signal);
    const map = await stage.plane.mustKubectl('get', 'configmap', 'weir-ca', '-n', namespace, '-o', 'yaml');
    assert.doesNotMatch(map, /PRIVATE/);
  });

  it('is told to agents by the leader alone', async () => {
    await authority(false).start(signal);
    await assert.rejects(stage.trusted(), /not found/);
    await authority().start(signal);
    assert.equal((await certificates()).length, 1);
  });

  it('changes under a stream that lives, and new ones are accepted at every moment', async () => {
    const leader = authority();
    const standby = authority(false);
    await leader.start(signal);
    await standby.start(signal);
    const { port } = await serve(leader);
    const other = await serve(standby);
    const made = (await certificates())[0];
    const tls = async (): Promise<ClientTls> => ({
      ca: Buffer.from(await stage.trusted()),
      token: 'any',
      serverName: operatorName,
    });
    const agent = new Agent({ target: `127.0.0.1:${port}`, node: 'node-1', tls });
    open.push({ close: () => agent.client.stop() });
    agent.client.start();
    await until('live', () => agent.client.state.kind === 'live', soonMs);

    const first = await shown(port);
    // Certificates of 30 days are issued anew after 20.
    ahead = 21 * day;
    await look(leader);
    await look(standby);
    assert.notEqual((await shown(port)).serialNumber, first.serialNumber);
    assert.equal((await certificates()).length, 1);

    ahead = authorityTimes.life - authorityTimes.renew + day;
    await look(leader);
    await look(standby);
    assert.equal((await certificates()).length, 2, 'the successor is trusted');
    assert.ok(made && (await shown(port)).verify(made.publicKey), 'and does not sign yet');

    ahead += authorityTimes.settle + 1_000;
    // The agents' next look is later than the operators': they know what was told before.
    const known = await certificates();
    await look(leader);
    assert.ok(!(await shown(port)).verify(made.publicKey));
    for (const server of [port, other.port]) {
      const certificate = await shown(server);
      assert.ok(known.some(({ publicKey }) => certificate.verify(publicKey)));
      assert.ok(await trusts(certificate));
    }
    await look(standby);
    assert.ok(!(await shown(other.port)).verify(made.publicKey));
    assert.equal(agent.client.state.kind, 'live');
    assert.equal(agent.log.count('no connection to the operator'), 0);
  });

  it('heals when the clock jumps by years, forth and back', async () => {
    const leader = authority();
    await leader.start(signal);
    const { port } = await serve(leader);
    for (const jump of [3 * 365 * day, 0, -365 * day]) {
      ahead = jump;
      await look(leader);
      assert.equal(leader.failure, undefined);
      const certificate = await shown(port);
      assert.ok(await trusts(certificate));
      assert.ok(certificate.validFromDate.getTime() <= Date.now() + ahead);
      assert.ok(certificate.validToDate.getTime() > Date.now() + ahead);
    }
  });

  it('has shown an expired certificate: agents refuse it until the clock is right', async () => {
    const leader = authority();
    await leader.start(signal);
    const { port } = await serve(leader);
    // An authority and a certificate of long ago, as an operator with a wrong clock makes them.
    ahead = -2 * authorityTimes.life;
    await look(leader);
    const tls = async (): Promise<ClientTls> => ({
      ca: Buffer.from(await stage.trusted()),
      token: 'any',
      serverName: operatorName,
    });
    const target = `127.0.0.1:${port}`;
    const agent = new Agent({ target, node: 'node-1', tls, retryMs: { first: 50, most: 200 } });
    open.push({ close: () => agent.client.stop() });
    agent.client.start();
    await until('refused', () => agent.log.count('no connection to the operator') > 1, soonMs);
    assert.match(JSON.stringify(agent.log.lines), /UNAVAILABLE.*expired/);
    ahead = 0;
    await look(leader);
    await until('live', () => agent.client.state.kind === 'live', soonMs);
  });

  it('is there for agents while the API server is away', async () => {
    const leader = authority();
    await leader.start(signal);
    await stage.plane.stop('apiserver');
    try {
      leader.refresh();
      const { port } = await serve(leader);
      assert.ok((await shown(port)).validToDate.getTime() > Date.now());
      assert.equal(leader.failure, undefined);
      // Far beyond what any outage of an API server lasts.
      ahead = authorityTimes.leafLife;
      assert.match(leader.failure ?? '', /the certificate has expired/);
    } finally {
      ahead = 0;
      await stage.plane.start('apiserver');
    }
  });

  it('is put back when somebody deletes it, and is made anew when somebody spoils it', async () => {
    const leader = authority();
    await leader.start(signal);
    const [before] = await certificates();
    for (const kind of ['secret', 'configmap'])
      await stage.plane.mustKubectl('delete', kind, 'weir-ca', '-n', namespace);
    await look(leader);
    assert.equal((await certificates())[0]?.serialNumber, before?.serialNumber);
    const patch = JSON.stringify({ data: { 'ca.key': Buffer.from('x').toString('base64') } });
    await stage.plane.mustKubectl('patch', 'secret', 'weir-ca', '-n', namespace, '--type=merge', '-p', patch);
    await look(leader);
    const { port } = await serve(leader);
    assert.ok(await trusts(await shown(port)));
    const stored = await new AuthorityObjects(stage.client, namespace).read();
    assert.match(stored?.content?.current.key ?? '', /PRIVATE KEY/);
  });
});
