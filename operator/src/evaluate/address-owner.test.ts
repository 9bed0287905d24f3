import assert from 'node:assert/strict';
import { ownerOf } from './address-owner.ts';
import { clusterOf, node, pod, prefix } from './test-cluster.ts';

const address = prefix('10.0.0.1');
const addresses = [address];

function ownerAmong(...objects: Parameters<typeof clusterOf>[0]): string {
  const owner = ownerOf(clusterOf(objects), address);
  switch (owner.kind) {
    case 'world':
      return 'world';
    case 'pod':
      return owner.pod.name;
    case 'node':
      return owner.node.name;
    case 'special':
      return owner.special.name;
  }
}

describe('ownerOf', () => {
  it('finds pods and nodes, and the world for the rest', () => {
    assert.equal(ownerAmong(pod('web', { addresses })), 'web');
    assert.equal(ownerAmong(node('node-1', '10.0.0.1', 'fd00::1')), 'node-1');
    assert.equal(ownerAmong(pod('web'), node('node-1', '10.0.0.2')), 'world');
  });

  it('leaves finished and host-network pods without an address', () => {
    assert.equal(ownerAmong(pod('job', { addresses, finished: true })), 'world');
    assert.equal(ownerAmong(pod('proxy', { addresses, hostNetwork: true })), 'world');
  });

  it('gives a claimed address to the later pod, then to the greater uid, in any order of events', () => {
    const early = pod('early', { addresses, started: 1, uid: 'z' });
    const late = pod('late', { addresses, started: 2, uid: 'a' });
    assert.equal(ownerAmong(early, late), 'late');
    assert.equal(ownerAmong(late, early), 'late');
    const greater = pod('greater', { addresses, started: 2, uid: 'b' });
    assert.equal(ownerAmong(greater, late), 'greater');
    assert.equal(ownerAmong(late, greater), 'greater');
  });

  it('gives it to the pod that is not terminating, though that started earlier', () => {
    const stays = pod('stays', { addresses, started: 1, uid: 'a' });
    const leaves = pod('leaves', { addresses, started: 2, uid: 'z', terminating: true });
    assert.equal(ownerAmong(stays, leaves), 'stays');
    assert.equal(ownerAmong(leaves, stays), 'stays');
    assert.equal(ownerAmong(leaves), 'leaves');
  });

  it('gives it to the greater key where manifests have neither times nor uids, in any order of events', () => {
    const [one, two] = [pod('one', { addresses, uid: '' }), pod('two', { addresses, uid: '' })];
    assert.equal(ownerAmong(one, two), 'two');
    assert.equal(ownerAmong(two, one), 'two');
  });

  it('gives an address of two nodes to the lesser name, in any order of events', () => {
    const [one, two] = [node('node-1', '10.0.0.1'), node('node-2', '10.0.0.1')];
    assert.equal(ownerAmong(one, two), 'node-1');
    assert.equal(ownerAmong(two, one), 'node-1');
  });

  it("keeps a node's address from pods that claim it", () => {
    assert.equal(ownerAmong(pod('web', { addresses }), node('node-1', '10.0.0.1')), 'node-1');
  });

  it('knows special addresses where neither a node nor a pod has them, the lesser name first', () => {
    const [one, two] = ['a', 'b'].map(
      (name) => ({ kind: 'SpecialAddress', name, entity: 'init', address }) as const,
    );
    assert.ok(one && two);
    assert.equal(ownerAmong(two, one), 'a');
    assert.equal(ownerAmong(one, two), 'a');
    assert.equal(ownerAmong(one, pod('web', { addresses })), 'web');
    assert.equal(ownerAmong(one, node('node-1', '10.0.0.1')), 'node-1');
  });
});
