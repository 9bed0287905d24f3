import assert from 'node:assert/strict';
import { weir } from '@weir/proto/bundle.js';
import { itemKind } from '@weir/proto/item.ts';
import { describe, it } from 'mocha';
import { ImageBuilder } from './image-builder.ts';
import { type Direction, direction } from './layout.ts';
import { lookup } from './lookup.ts';
import { key16, NodeState } from './testing/node-state.ts';

const { Entity, Verdict } = weir.bundle.v1;
const origins = [{ kind: 'NetworkPolicy', namespace: 'shop', name: 'api', rule: 'spec.ingress[0]' }];

function shop(): ImageBuilder {
  const state = new NodeState();
  const identity = (name: string, number: number, entity: weir.bundle.v1.Entity, labels: string[] = []) =>
    state.set({ kind: itemKind.identity, message: { key: key16(name), number, entity, labels } });
  identity('pod', 11, Entity.ENTITY_POD, ['shop/app=web']);
  identity('host', 12, Entity.ENTITY_HOST);
  identity('remote', 13, Entity.ENTITY_REMOTE_NODE);
  const prefix = (address: number[], identity: string) =>
    state.set({
      kind: itemKind.prefix,
      message: { address: Uint8Array.from(address), length: address.length * 8, identity: key16(identity) },
    });
  prefix([10, 0, 0, 1], 'pod');
  prefix([192, 0, 2, 1], 'host');
  prefix([192, 0, 2, 2], 'remote');
  const block = (address: number[], length: number) => ({ address: Uint8Array.from(address), length });
  state.set({
    kind: itemKind.selector,
    message: {
      key: key16('blocks'),
      blocks: [block([192, 0, 2, 0], 24), block([0x20, 1, 0xd, 0xb8, ...new Array<number>(12).fill(0)], 32)],
    },
  });
  state.set({
    kind: itemKind.table,
    message: {
      key: key16('table'),
      selectors: [key16('blocks')],
      entries: [{ selector: 1, outcome: 1 }],
      outcomes: [
        { verdict: Verdict.VERDICT_DEFAULT_DENY, cookie: 5 },
        { verdict: Verdict.VERDICT_ALLOW, cookie: 6, origins },
      ],
    },
  });
  state.set({ kind: itemKind.endpoint, message: { uid: 'pod', ingressTable: key16('table') } });
  state.bindings.push({ uid: 'pod', ifindex: 7, instance: 1, adoptUntil: 0 });
  state.localAddresses = [Uint8Array.of(172, 16, 0, 1)];
  const builder = new ImageBuilder();
  builder.update(state.takeChange(), state.bindings, state.localAddresses);
  return builder;
}

function peer(builder: ImageBuilder, address: number[], foreign = false, way: Direction = direction.ingress) {
  const query = {
    ifindex: 7,
    direction: way,
    address: Uint8Array.from(address),
    protocol: 6,
    port: 80,
    foreign,
  };
  return builder.description.slot(lookup(builder.image, query)?.slot ?? -1);
}

describe('the description of an image', () => {
  const world = { kind: 'world', identity: 0, labels: [], block: '' };

  it('names what a slot stands for', () => {
    const builder = shop();
    assert.deepEqual(peer(builder, [10, 0, 0, 1]), {
      ...world,
      kind: 'pod',
      identity: 11,
      labels: ['shop/app=web'],
    });
    assert.deepEqual(peer(builder, [192, 0, 2, 2]), { ...world, kind: 'remote-node', identity: 13 });
    assert.deepEqual(peer(builder, [192, 0, 2, 9]), { ...world, block: '192.0.2.0/24' });
    assert.deepEqual(peer(builder, [8, 8, 8, 8]), world);
    const address6 = [0x20, 1, 0xd, 0xb8, ...new Array<number>(12).fill(7)];
    assert.deepEqual(peer(builder, address6), { ...world, block: '2001:db8::/32' });
  });

  it('tells the node itself from what only has its address', () => {
    const builder = shop();
    assert.deepEqual(peer(builder, [192, 0, 2, 1]), { ...world, kind: 'host', identity: 12 });
    assert.deepEqual(peer(builder, [192, 0, 2, 1], true), { ...world, block: '192.0.2.0/24' });
    assert.equal(peer(builder, [192, 0, 2, 1], true, direction.egress)?.kind, 'host');
    assert.equal(peer(builder, [172, 16, 0, 1])?.kind, 'host');
    assert.deepEqual(peer(builder, [172, 16, 0, 1], true), world);
  });

  it('names the rule behind a cookie', () => {
    const { description, image } = shop();
    const query = { ifindex: 7, direction: direction.ingress, protocol: 6, port: 80 };
    const found = lookup(image, { ...query, address: Uint8Array.of(192, 0, 2, 9) });
    assert.deepEqual(found?.outcome, { allow: true, isDefault: false, cookie: 6 });
    assert.deepEqual(description.outcome(6)?.origins, origins);
    assert.equal(description.outcome(0), undefined);
    assert.equal(lookup(image, { ...query, ifindex: 8, address: Uint8Array.of(1, 1, 1, 1) }), undefined);
  });
});
