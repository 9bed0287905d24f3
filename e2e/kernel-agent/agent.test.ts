import assert from 'node:assert/strict';
import { Agent, type Enforced } from '@weir/node-agent/src/agent.ts';
import { Binder } from '@weir/node-agent/src/attach/bind.ts';
import type { Bundle, BundleChange } from '@weir/node-agent/src/bundle.ts';
import { coverageOf } from '@weir/node-agent/src/coverage.ts';
import { AgentError } from '@weir/node-agent/src/errors.ts';
import { ImageBuilder } from '@weir/node-agent/src/image/image-builder.ts';
import { endpointLayout } from '@weir/node-agent/src/image/layout.ts';
import { ownerOf } from '@weir/node-agent/src/image/owner.ts';
import type { Datapath } from '@weir/node-agent/src/kernel/datapath.ts';
import { weir } from '@weir/proto/bundle.js';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { until } from '../until.ts';
import { addVeth, digestOf, imageOf, log, prepare, TestDatapath, type Veth } from './harness.ts';

const { Endpoint, Entity, Identity, Prefix } = weir.bundle.v1;
const address = (number: number): Uint8Array => Uint8Array.of(10, 77, number, 2);

/** A block of an identity that is not in the bundle. */
const badPrefix = Prefix.create({
  address: Uint8Array.of(10, 0, 0, 0),
  length: 8,
  identity: Uint8Array.of(1),
});

/** A block with an identity of its own. */
const health = Identity.create({ key: new Uint8Array(16).fill(1), number: 7, entity: Entity.ENTITY_HEALTH });
const healthAlone = new Map([['health', health]]);
const healthPrefix = new Map([
  ['health', Prefix.create({ address: Uint8Array.of(10, 9, 8, 0), length: 24, identity: health.key })],
]);

/** A bundle in which each pod, by its number, has an address; one that is not valid has no image. */
function changeTo(
  revision: number,
  pods: readonly number[],
  valid = true,
  uidOf: (pod: number) => string = String,
): BundleChange {
  const endpoints = new Map(
    pods.map((pod) => {
      const message = Endpoint.create({ uid: uidOf(pod), addresses: [address(pod)] });
      return [message.uid, message];
    }),
  );
  const none = new Map();
  const bundle: Bundle = {
    revision,
    digest: digestOf(revision),
    endpoints,
    identities: none,
    prefixes: valid ? none : new Map([['', badPrefix]]),
    selectors: none,
    memberships: none,
    tables: none,
    services: none,
    observe: false,
  };
  return { bundle, whole: true, upserts: [], removes: [] };
}

describe('agent', () => {
  prepare();
  const { open } = new TestDatapath();
  let veths: readonly Veth[] = [];
  let agent: Agent;
  let builder: ImageBuilder;
  let datapath: Datapath;
  let told: Enforced[] = [];
  const start = async (): Promise<void> => {
    datapath = await open();
    builder = new ImageBuilder();
    agent = new Agent({
      datapath,
      builder,
      binder: new Binder({
        installed: datapath.installed(),
        nextInstance: () => datapath.nextInstance(),
        adoptUntil: () => 0,
      }),
      log,
      onEnforced: (enforced) => told.push(enforced),
    });
  };
  const interfaces = (...numbers: readonly number[]) => ({
    pods: numbers.map((number) => {
      const { ifindex = 0, name = '' } = veths[number - 1] ?? {};
      return { ifindex, name, addresses: [address(number)] };
    }),
    own: [],
  });
  /** An agent has no patience with what takes two seconds: then it attaches beside its other work. */
  const untilAttached = (...wanted: readonly (Veth | undefined)[]): Promise<void> =>
    until('they are attached', async () => {
      const attached = (await datapath.attached()).map(({ ifindex }) => ifindex);
      return attached.join() === wanted.map((veth) => veth?.ifindex).join();
    });

  beforeEach(() => {
    veths = [addVeth(1), addVeth(2)];
    told = [];
  });
  afterEach(async () => {
    await agent.stop();
    for (const veth of veths) veth.remove();
  });

  it('attaches what the bundle names, and what appears later', async () => {
    await start();
    await agent.changeInterfaces(interfaces(1));
    await agent.changeBundle(changeTo(1, [1, 2]));
    await until('it is told', () => told.at(-1)?.attached === 1);
    assert.deepEqual(told.at(-1)?.bound.uncovered, ['2']);
    await agent.changeInterfaces(interfaces(1, 2));
    await untilAttached(...veths);
    await until('it is told', () => told.at(-1)?.attached === 2);
    assert.deepEqual(told.at(-1)?.bound.uncovered, []);
  });

  it('goes on with the former bundle where one is refused', async () => {
    await start();
    await agent.changeInterfaces(interfaces());
    await agent.changeBundle(changeTo(1, [1]));
    await assert.rejects(
      agent.changeBundle(changeTo(2, [1], false)),
      (error) => error instanceof AgentError && error.code === 'image-invalid',
    );
    await agent.changeInterfaces(interfaces(1));
    await untilAttached(veths[0]);
    assert.equal(datapath.active?.revision, 1);
    await agent.changeBundle(changeTo(3, [1]));
    assert.equal(datapath.active?.revision, 3);
  });

  it('forgets the image of a bundle that could not be committed', async () => {
    await start();
    await agent.changeInterfaces(interfaces(1));
    const former = changeTo(1, [1]);
    await agent.changeBundle(former);
    const other = datapath.commit(imageOf(3), { revision: 7, digest: digestOf(7) });
    const { bundle } = changeTo(2, [1]);
    await assert.rejects(
      agent.changeBundle({
        ...former,
        bundle: { ...bundle, identities: healthAlone, prefixes: healthPrefix },
      }),
      (error) => error instanceof AgentError && error.code === 'busy',
    );
    await other;
    await agent.changeInterfaces(interfaces(1, 2));
    assert.equal(datapath.active?.revision, 1);
    const fresh = new ImageBuilder();
    fresh.update(former, [], []);
    assert.deepEqual(builder.image.node4, fresh.image.node4);
    assert.deepEqual(builder.image.root4, fresh.image.root4);
  });

  it('writes nothing when it starts again, and attaches what came meanwhile', async () => {
    await start();
    await agent.changeInterfaces(interfaces(1));
    const { bundle } = changeTo(1, [1, 2]);
    await agent.changeBundle(changeTo(1, [1, 2]));
    await agent.stop();

    await start();
    await agent.changeInterfaces(interfaces(1));
    assert.equal((await agent.resume(bundle, [])).commit.wordsWritten, 0);
    await agent.stop();

    await start();
    await agent.changeInterfaces(interfaces(1, 2));
    const resumed = await agent.resume(bundle, []);
    await until('it is told', () => told.at(-1)?.attached === 2);
    assert.ok(resumed.commit.wordsWritten > 0);
  });

  it('knows when it starts again which interface was closed', async () => {
    await start();
    await agent.changeInterfaces(interfaces(1, 2));
    await agent.changeBundle(changeTo(1, [1, 2]));
    const { bundle } = await agent.changeBundle(changeTo(2, [2]));
    assert.deepEqual(
      datapath.installed().map(({ closed }) => closed),
      [true, false],
    );
    await agent.stop();

    await start();
    // The one that was closed has the other's address by now, and would be the first to claim it.
    const pods = interfaces(1, 2).pods.map((pod) => ({ ...pod, addresses: [address(2)] }));
    await agent.changeInterfaces({ pods, own: [] });
    const { bound, commit } = await agent.resume(bundle, []);
    assert.deepEqual(
      [bound.bindings, bound.closed].map((list) => list.map(({ ifindex }) => ifindex)),
      [[veths[1]?.ifindex], [veths[0]?.ifindex]],
    );
    assert.equal(commit.wordsWritten, 0);
  });

  it('knows when it starts again whose interface it was, also where another pod has the address by now', async () => {
    await start();
    await agent.changeInterfaces(interfaces(1));
    await agent.changeBundle(changeTo(1, [1]));
    const [instance] = datapath.installed().map((found) => found.instance);
    await agent.stop();

    await start();
    const both = interfaces(1, 2).pods.map((pod) => ({ ...pod, addresses: [address(1)] }));
    await agent.changeInterfaces({ pods: both, own: [] });
    const successor = changeTo(2, [1], true, () => 'successor');
    const { bound } = await agent.changeBundle(successor);
    assert.deepEqual(
      bound.bindings.map(({ uid, ifindex }) => [uid, ifindex]),
      [['successor', veths[1]?.ifindex]],
    );
    assert.deepEqual(
      datapath.installed().map(({ ifindex, closed }) => [ifindex, closed]),
      veths.map(({ ifindex }, index) => [ifindex, index === 0]),
    );
    assert.equal(datapath.installed()[0]?.instance, instance);
    await untilAttached(...veths);
    await agent.stop();

    await start();
    await agent.changeInterfaces({ pods: both, own: [] });
    const resumed = await agent.resume(successor.bundle, []);
    assert.deepEqual([resumed.bound.bindings, resumed.bound.closed.length], [bound.bindings, 1]);
    assert.equal(resumed.commit.wordsWritten, 0);
    await agent.changeInterfaces({ pods: both.slice(1), own: [] });
    assert.deepEqual(
      datapath.installed().map(({ ifindex, closed }) => [ifindex, closed]),
      [[veths[1]?.ifindex, false]],
    );
  });

  it('leaves a pod when it starts again on the interface from which this took its address', async () => {
    await start();
    await agent.changeInterfaces(interfaces(1));
    const { bound, bundle } = await agent.changeBundle(changeTo(1, [1]));
    await agent.stop();

    await start();
    await agent.changeInterfaces({
      pods: interfaces(1).pods.map((pod) => ({ ...pod, addresses: [] })),
      own: [],
    });
    const resumed = await agent.resume(bundle, []);
    assert.deepEqual([resumed.bound, resumed.commit.wordsWritten], [bound, 0]);
  });

  it('goes by the address where no uid is known, and then keeps the uid', async () => {
    await start();
    await agent.changeInterfaces(interfaces(1));
    const { bundle, bound } = await agent.changeBundle(changeTo(1, [1]));
    await agent.stop();
    // What an agent has left that kept no uid.
    datapath = await open();
    const image = { ...builder.image, endpoint: builder.image.endpoint.slice() };
    const { size, offsets } = endpointLayout;
    const view = new DataView(image.endpoint.buffer);
    for (let at = 0; at < view.byteLength; at += size) view.setUint32(at + offsets.owner, 0, true);
    await datapath.commit(image, bundle);
    assert.deepEqual(
      datapath.installed().map(({ owner }) => owner),
      [0],
    );

    await start();
    await agent.changeInterfaces(interfaces(1));
    const resumed = await agent.resume(bundle, []);
    assert.deepEqual(resumed.bound, bound);
    assert.deepEqual(
      datapath.installed().map(({ owner }) => owner),
      [ownerOf('1')],
    );
  });

  it('tells which pods it is about to attach to, and when it has', async () => {
    await start();
    const held = Promise.withResolvers<void>();
    const attach = datapath.attach.bind(datapath);
    datapath.attach = async (ifindex) => {
      await held.promise;
      return attach(ifindex);
    };
    await agent.changeInterfaces(interfaces(1));
    const enforced = await agent.changeBundle(changeTo(1, [1, 2]));
    assert.deepEqual(coverageOf(enforced).uncovered, ['1', '2']);
    assert.deepEqual(coverageOf(enforced).attaching, ['1']);
    held.resolve();
    await untilAttached(veths[0]);
    await until('it is told', () => told.at(-1)?.attached === 1);
    assert.deepEqual([told.at(-1)?.bound.uncovered, told.at(-1)?.attaching], [['2'], []]);
  });

  it('tells of an interface whose programs somebody took away', async () => {
    await start();
    await agent.changeInterfaces(interfaces(1));
    await agent.changeBundle(changeTo(1, [1]));
    veths[0]?.remove();
    veths = veths.slice(1);
    agent.checkAttached();
    await until('it is told', () => told.at(-1)?.attached === 0);
    assert.deepEqual(told.at(-1)?.bound.uncovered, ['1']);
  });
});
