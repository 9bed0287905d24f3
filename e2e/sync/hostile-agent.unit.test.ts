import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, type ClientDuplexStream, credentials, type ServiceError, status } from '@grpc/grpc-js';
import { operatorName } from '@weir/operator/src/trust/authority.ts';
import { digestToBytes } from '@weir/proto/digest.ts';
import { bundleService, decodeResponse, type SyncRequest } from '@weir/proto/service.ts';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { until } from '../until.ts';
import { digestOf, identity, key, prefix, selector } from './items.ts';
import { Pair } from './pair.ts';

const node = 'node-1';
const items = [identity('a'), prefix(1, 'a')];
const digest = digestToBytes(digestOf(items));
const hello: SyncRequest = { hello: { node } };

const encode = bundleService.sync.requestSerialize;

/** A client that sends bytes as they are. */
class RawAgent {
  readonly responses: Buffer[] = [];
  error: ServiceError | undefined;
  readonly #client: Client;
  readonly stream: ClientDuplexStream<Buffer, Buffer>;

  constructor(target: string, tls: { ca: Buffer; cert: Buffer; key: Buffer }) {
    this.#client = new Client(target, credentials.createSsl(tls.ca, tls.key, tls.cert), {
      'grpc.ssl_target_name_override': operatorName,
      'grpc.use_local_subchannel_pool': 1,
      'grpc.max_send_message_length': -1,
    });
    const same = (bytes: Buffer) => bytes;
    this.stream = this.#client.makeBidiStreamRequest(bundleService.sync.path, same, same);
    this.stream.on('data', (bytes: Buffer) => this.responses.push(bytes));
    this.stream.on('error', (error: ServiceError) => {
      this.error = error;
    });
  }

  send(...requests: (SyncRequest | Buffer)[]): void {
    for (const request of requests) this.stream.write(Buffer.isBuffer(request) ? request : encode(request));
  }

  close(): void {
    this.stream.cancel();
    this.#client.close();
  }
}

describe('operator and a hostile agent', () => {
  let pair: Pair;
  let agent: RawAgent;

  beforeEach(async () => {
    pair = await Pair.open();
    pair.bundles.set(node, items);
    pair.bundles.set('node-2', items);
    agent = new RawAgent(pair.target, await pair.authority.issueNode(node));
  });
  afterEach(async () => {
    agent.close();
    await pair.close();
  });

  const bad: Record<string, readonly [status, ...(SyncRequest | Buffer)[]]> = {
    garbage: [status.INTERNAL, Buffer.from('garbage')],
    'garbage after Hello': [status.INTERNAL, hello, Buffer.from('garbage')],
    'no Hello': [status.INVALID_ARGUMENT, { snapshotRequest: { reason: 'x' } }],
    'a Hello without a node': [status.INVALID_ARGUMENT, { hello: {} }],
    'a Hello of a node with an endless name': [status.INVALID_ARGUMENT, { hello: { node: 'n'.repeat(254) } }],
    'two Hellos': [status.INVALID_ARGUMENT, hello, hello],
    'a revision past 2^52': [status.INVALID_ARGUMENT, { hello: { node, revision: 2 ** 53 } }],
    'a digest of 3 bytes': [status.INVALID_ARGUMENT, { hello: { node, digest: new Uint8Array(3) } }],
    'an address of 5 bytes': [status.INVALID_ARGUMENT, { hello: { node, addresses: [new Uint8Array(5)] } }],
    'a report with a digest of 3 bytes': [
      status.INVALID_ARGUMENT,
      hello,
      { applied: { revision: 1, digest: new Uint8Array(3) } },
    ],
    'a counter past 2^53': [status.INVALID_ARGUMENT, hello, { counted: { denied: 2 ** 60 } }],
    'a report of a revision past 2^52': [status.INVALID_ARGUMENT, hello, { applied: { revision: 2 ** 60 } }],
    'a message larger than gRPC takes': [status.RESOURCE_EXHAUSTED, hello, Buffer.alloc(17 * 1024 * 1024)],
    'the name of another node': [status.PERMISSION_DENIED, { hello: { node: 'node-2' } }],
  };
  for (const [what, [code, ...messages]] of Object.entries(bad)) {
    it(`ends the stream after ${what}, and serves the others`, async () => {
      agent.send(...messages);
      await until('ended', () => agent.error !== undefined);
      assert.equal(agent.error?.code, code, agent.error?.message);
      await until('left', () => !pair.server.status(node).connected);
      await pair.agent('node-2');
      await pair.inSync('node-2');
    });
  }

  it('does not send again and again to an agent that reports another digest', async () => {
    agent.stream.on('data', (bytes: Buffer) => {
      const revision = decodeResponse(bytes).snapshot?.revision;
      if (revision) agent.send({ applied: { revision, digest: key('other') } });
    });
    const began = performance.now();
    agent.send(hello);
    await until('noted', () => pair.server.status(node).error !== undefined);
    assert.match(pair.server.status(node).error ?? '', /another digest/);
    assert.ok(pair.server.status(node).behindSince);
    await until('five snapshots', () => agent.responses.length >= 5);
    const ms = performance.now() - began;
    // After 20, 40, 80 and 160 ms, of which a timer may leave out one each.
    assert.ok(ms >= 296, `${ms} ms`);
  });

  it('answers a flood of requests for a snapshot with few', async () => {
    agent.send(hello);
    const began = performance.now();
    for (let index = 0; index < 200; index++) agent.send({ snapshotRequest: { reason: 'again' } });
    await until('all are read', () => pair.log.count('agent asks for a snapshot') === 200);
    await until('an answer', () => agent.responses.length >= 2);
    // One each for Hello and the first request, then one after 20, 40, 80, 160 and each 200 ms at most.
    const most = 6 + (performance.now() - began) / 200;
    assert.ok(agent.responses.length <= most, `${agent.responses.length} snapshots`);
  });

  it('takes a report of what it did not send as what is enforced', async () => {
    agent.send({ hello: { node, revision: 9, digest } });
    await until('in sync', () => pair.server.status(node).enforced === 9);
    agent.send({ applied: { revision: 9, digest, counts: { endpoints: 5 } } });
    await until('counted', () => pair.server.status(node).counts.endpoints === 5);
    await sleep(20);
    assert.equal(agent.responses.length, 0);
    assert.equal(pair.server.status(node).behindSince, undefined);
  });

  it('lets an agent go that stops in the middle of a snapshot', async () => {
    const text = 'x'.repeat(900_000);
    const large = Array.from({ length: 60 }, (_, index) => selector(`s${index}`, text));
    pair.bundles.set(node, large);
    agent.stream.pause();
    agent.send(hello);
    await until('connected', () => pair.server.status(node).connected);
    await sleep(50);
    assert.equal(pair.server.status(node).sent, 0, 'held back by flow control');
    agent.close();
    await until('left', () => !pair.server.status(node).connected);
  });
});
