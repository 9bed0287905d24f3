import assert from 'node:assert/strict';
import { weir } from '@weir/proto/bundle.js';
import { emptyDigest } from '@weir/proto/digest.ts';
import { describe, it } from 'mocha';
import type { Bundle } from '../bundle.ts';
import { ownerOf } from '../image/owner.ts';
import { Binder, type InstalledInterface } from './bind.ts';
import { AddressClaims } from './claims.ts';
import type { PodInterface } from './pod-interface.ts';

const { Endpoint } = weir.bundle.v1;
const address = (last: number): Uint8Array => Uint8Array.of(10, 0, 0, last);

function bundleOf(pods: Record<string, number>): Bundle {
  const endpoints = new Map(
    Object.entries(pods).map(([uid, last]) => [uid, Endpoint.create({ uid, addresses: [address(last)] })]),
  );
  const none = new Map();
  return {
    revision: 1,
    digest: emptyDigest,
    endpoints,
    identities: none,
    prefixes: none,
    selectors: none,
    memberships: none,
    tables: none,
    services: none,
    observe: false,
  };
}

/** The interfaces by ifindex, each with the last bytes of its addresses. */
function claimsOf(interfaces: Record<number, number[]>): AddressClaims {
  const claims = new AddressClaims();
  claims.update(interfacesOf(interfaces));
  return claims;
}

function interfacesOf(interfaces: Record<number, number[]>): readonly PodInterface[] {
  return Object.entries(interfaces).map(([ifindex, last]) => ({
    ifindex: Number(ifindex),
    name: `veth${ifindex}`,
    addresses: last.map(address),
  }));
}

function binderWith(installed: readonly InstalledInterface[] = []): Binder {
  let instance = 100;
  return new Binder({ installed, nextInstance: () => ++instance, adoptUntil: () => 7 });
}

const ifindexes = (bindings: readonly { readonly ifindex: number }[]): readonly number[] =>
  bindings.map(({ ifindex }) => ifindex);

describe('binder', () => {
  it('binds endpoints by address and names those without an interface', () => {
    const result = binderWith().bind(bundleOf({ b: 2, a: 1, c: 3 }), claimsOf({ 5: [1], 6: [2] }));
    assert.deepEqual(result, {
      bindings: [
        { uid: 'a', ifindex: 5, instance: 102, adoptUntil: 7 },
        { uid: 'b', ifindex: 6, instance: 101, adoptUntil: 7 },
      ],
      closed: [],
      uncovered: ['c'],
    });
  });

  it('keeps the instance of an endpoint that stays and never gives it to another pod on the interface', () => {
    const binder = binderWith();
    const claims = claimsOf({ 5: [1] });
    const [first] = binder.bind(bundleOf({ a: 1 }), claims).bindings;
    assert.deepEqual(binder.bind(bundleOf({ a: 1 }), claims).bindings, [first]);
    assert.equal(binder.bind(bundleOf({ successor: 1 }), claims).bindings[0]?.instance, 102);
  });

  it('leaves an endpoint where it was when its addresses are given up, until another has them', () => {
    const binder = binderWith();
    const [first] = binder.bind(bundleOf({ a: 1 }), claimsOf({ 5: [1] })).bindings;
    assert.deepEqual(binder.bind(bundleOf({ a: 1 }), claimsOf({ 5: [] })), {
      bindings: [first],
      closed: [],
      uncovered: [],
    });
    const moved = binder.bind(bundleOf({ a: 1 }), claimsOf({ 5: [], 6: [1] }));
    assert.deepEqual(moved.bindings, [{ uid: 'a', ifindex: 6, instance: 102, adoptUntil: 7 }]);
    assert.deepEqual(ifindexes(moved.closed), [5]);
    assert.deepEqual(binder.bind(bundleOf({ a: 1 }), claimsOf({})).uncovered, ['a']);
  });

  it('keeps a pod that adds the address of another from its policies, and the other on its own interface', () => {
    const binder = binderWith();
    const placed = (bundle: Bundle, claims: AddressClaims) => {
      const { bindings, uncovered } = binder.bind(bundle, claims);
      return [bindings.map(({ uid, ifindex }) => `${uid} ${ifindex}`), uncovered];
    };
    // One that is there, one that comes later, and one that has no other interface yet.
    const claims = claimsOf({ 5: [1, 2, 3], 6: [2] });
    assert.deepEqual(placed(bundleOf({ a: 1, b: 2 }), claims), [['a 5', 'b 6'], []]);
    assert.deepEqual(placed(bundleOf({ a: 1, b: 2, c: 3 }), claims), [['a 5', 'b 6'], ['c']]);
    claims.update(interfacesOf({ 5: [1, 2, 3], 6: [2], 7: [3] }));
    assert.deepEqual(placed(bundleOf({ a: 1, b: 2, c: 3 }), claims), [['a 5', 'b 6', 'c 7'], []]);
    // It has given up its own address, and so has the other.
    claims.update(interfacesOf({ 5: [2, 3], 6: [], 7: [3] }));
    assert.deepEqual(placed(bundleOf({ a: 1, b: 2, c: 3 }), claims), [['a 5', 'b 6', 'c 7'], []]);
  });

  it('gives an interface to another endpoint only when its own has left the bundle', () => {
    const binder = binderWith();
    const claims = claimsOf({ 5: [2] });
    binder.bind(bundleOf({ a: 1 }), claimsOf({ 5: [1] }));
    const { bindings, uncovered } = binder.bind(bundleOf({ a: 1, b: 2 }), claims);
    assert.deepEqual([bindings.map(({ uid }) => uid), uncovered], [['a'], ['b']]);
    assert.deepEqual(binder.bind(bundleOf({ b: 2 }), claims), {
      bindings: [{ uid: 'b', ifindex: 5, instance: 102, adoptUntil: 7 }],
      closed: [],
      uncovered: [],
    });
  });

  it('takes the first claim where several interfaces show an address that was on none of them', () => {
    const claims = claimsOf({ 6: [1] });
    claims.update(interfacesOf({ 5: [1], 6: [1] }));
    const [binding] = binderWith().bind(bundleOf({ a: 1 }), claims).bindings;
    assert.equal(binding?.ifindex, 6);
  });

  it('closes the interface of an endpoint that the bundle no longer has, until it goes or another is on it', () => {
    const binder = binderWith();
    const claims = claimsOf({ 5: [1], 6: [2] });
    binder.bind(bundleOf({ a: 1, b: 2 }), claims);
    const closed = [{ uid: 'a', ifindex: 5, instance: 101, adoptUntil: 0, closed: true }];
    assert.deepEqual(binder.bind(bundleOf({ b: 2 }), claims).closed, closed);
    assert.deepEqual(binder.bind(bundleOf({ b: 2 }), claims).closed, closed);
    const next = binder.bind(bundleOf({ b: 2, successor: 1 }), claims);
    assert.deepEqual([ifindexes(next.bindings), next.closed], [[6, 5], []]);
    assert.deepEqual(ifindexes(binder.bind(bundleOf({ b: 2 }), claims).closed), [5]);
    assert.deepEqual(binder.bind(bundleOf({ b: 2 }), claimsOf({ 6: [2] })).closed, []);
    assert.deepEqual(binder.bind(bundleOf({ b: 2 }), claims).closed, []);
  });

  it('does not take an interface that was left for that of the pod that has its address now', () => {
    const binder = binderWith();
    binder.bind(bundleOf({ a: 1 }), claimsOf({ 5: [1] }));
    binder.bind(bundleOf({}), claimsOf({ 5: [1] }));
    const { bindings, closed } = binder.bind(bundleOf({ b: 1 }), claimsOf({ 5: [1], 6: [1] }));
    assert.deepEqual([ifindexes(bindings), ifindexes(closed)], [[6], [5]]);
  });

  it('closes after a restart what the kernel has and the bundle does not', () => {
    const binder = binderWith(
      [5, 6].map((ifindex) => ({ ifindex, instance: 9, adoptUntil: 3, owner: 0, closed: false })),
    );
    const { closed } = binder.bind(bundleOf({ a: 1 }), claimsOf({ 5: [2], 7: [1] }));
    assert.deepEqual(closed, [{ uid: '', ifindex: 5, instance: 9, adoptUntil: 0, closed: true }]);
  });

  it('knows after a restart which interfaces were closed, and takes none for that of another pod', () => {
    const installed = [
      { ifindex: 5, instance: 8, adoptUntil: 0, owner: 0, closed: true },
      { ifindex: 6, instance: 9, adoptUntil: 3, owner: 0, closed: false },
    ];
    const { bindings, closed } = binderWith(installed).bind(bundleOf({ b: 1 }), claimsOf({ 5: [1], 6: [1] }));
    assert.deepEqual(bindings, [{ uid: 'b', ifindex: 6, instance: 9, adoptUntil: 3 }]);
    assert.deepEqual(closed, [{ uid: '', ifindex: 5, instance: 8, adoptUntil: 0, closed: true }]);
    // The flows of the pod that has gone open nothing to the one that is there now.
    const [successor] = binderWith(installed).bind(bundleOf({ b: 1 }), claimsOf({ 5: [1] })).bindings;
    assert.deepEqual([successor?.ifindex, successor?.instance], [5, 101]);
  });

  it('takes over what the kernel has after a restart, once', () => {
    const binder = binderWith([{ ifindex: 5, instance: 9, adoptUntil: 3, owner: 0, closed: false }]);
    const claims = claimsOf({ 5: [1] });
    assert.deepEqual(binder.bind(bundleOf({ a: 1 }), claims).bindings, [
      { uid: 'a', ifindex: 5, instance: 9, adoptUntil: 3 },
    ]);
    assert.equal(binder.bind(bundleOf({ successor: 1 }), claims).bindings[0]?.instance, 101);
  });

  it('takes an interface that was left for that of another pod only while no other shows the address', () => {
    const binder = binderWith();
    const claims = claimsOf({ 5: [1] });
    const placed = (bundle: Bundle) => {
      const { bindings, closed } = binder.bind(bundle, claims);
      return [bindings.map(({ uid, ifindex, instance }) => [uid, ifindex, instance]), ifindexes(closed)];
    };
    placed(bundleOf({ a: 1 }));
    // One goes and the other comes with the same change of the bundle.
    assert.deepEqual(placed(bundleOf({ b: 1 })), [[['b', 5, 102]], []]);
    assert.deepEqual(placed(bundleOf({ b: 1 })), [[['b', 5, 102]], []]);
    claims.update(interfacesOf({ 5: [1], 6: [1] }));
    assert.deepEqual(placed(bundleOf({ b: 1 })), [[['b', 6, 103]], [5]]);
    // From its own interface nobody takes it away.
    claims.update(interfacesOf({ 4: [1], 5: [1], 6: [1] }));
    assert.deepEqual(placed(bundleOf({ b: 1 })), [[['b', 6, 103]], [5]]);
    assert.deepEqual(placed(bundleOf({ c: 1 })), [[['c', 4, 104]], [5, 6]]);
    claims.update(interfacesOf({ 4: [1] }));
    assert.deepEqual(placed(bundleOf({ c: 1 })), [[['c', 4, 104]], []]);
  });

  it('leaves a pod that goes on with a new uid on its interface when another adds its address', () => {
    const binder = binderWith();
    const own = claimsOf({ 5: [1] });
    binder.bind(bundleOf({ mirror: 1 }), own);
    assert.deepEqual(ifindexes(binder.bind(bundleOf({ again: 1 }), own).bindings), [5]);
    own.update(interfacesOf({ 5: [1], 6: [1, 2] }));
    const { bindings, closed } = binder.bind(bundleOf({ again: 1, client: 2 }), own);
    assert.deepEqual(
      bindings.map(({ uid, ifindex }) => [uid, ifindex]),
      [
        ['again', 5],
        ['client', 6],
      ],
    );
    assert.deepEqual(closed, []);
  });

  it('puts a pod that comes back on its own interface, whoever has taken its address', () => {
    const binder = binderWith();
    binder.bind(bundleOf({ a: 1 }), claimsOf({ 5: [1] }));
    const claims = claimsOf({ 4: [1], 5: [1] });
    assert.deepEqual(ifindexes(binder.bind(bundleOf({}), claims).closed), [5]);
    claims.update(interfacesOf({ 5: [1] }));
    assert.deepEqual(ifindexes(binder.bind(bundleOf({ a: 1 }), claims).bindings), [5]);
    claims.update(interfacesOf({ 4: [1], 5: [1] }));
    assert.deepEqual(ifindexes(binder.bind(bundleOf({ a: 1 }), claims).bindings), [5]);
  });

  describe('after a restart that finds endpoints by their uids', () => {
    const installed = (owners: Record<number, string>): readonly InstalledInterface[] =>
      Object.entries(owners).map(([ifindex, uid]) => ({
        ifindex: Number(ifindex),
        instance: Number(ifindex) * 10,
        adoptUntil: 3,
        owner: ownerOf(uid),
        closed: false,
      }));
    const placed = (binder: Binder, bundle: Bundle, claims: AddressClaims) => {
      const { bindings, closed, uncovered } = binder.bind(bundle, claims);
      return [
        bindings.map(({ uid, ifindex, instance }) => [uid, ifindex, instance]),
        closed.map(({ ifindex, instance }) => [ifindex, instance]),
        uncovered,
      ];
    };

    it('does not take the interface of a pod that has gone for that of another with its address', () => {
      const binder = binderWith(installed({ 5: 'a' }));
      const claims = claimsOf({ 5: [1], 6: [1] });
      const expected = [[['b', 6, 101]], [[5, 50]], []];
      assert.deepEqual(placed(binder, bundleOf({ b: 1 }), claims), expected);
      assert.deepEqual(placed(binder, bundleOf({ b: 1 }), claims), expected);
      assert.deepEqual(placed(binder, bundleOf({ b: 1 }), claimsOf({ 6: [1] })), [[['b', 6, 101]], [], []]);
    });

    it('moves the other to its own interface also where this is seen later', () => {
      const binder = binderWith(installed({ 5: 'a' }));
      assert.deepEqual(placed(binder, bundleOf({ b: 1 }), claimsOf({ 5: [1] })), [[['b', 5, 101]], [], []]);
      const both = claimsOf({ 5: [1], 6: [1] });
      assert.deepEqual(placed(binder, bundleOf({ b: 1 }), both), [[['b', 6, 102]], [[5, 101]], []]);
      const late = binderWith(installed({ 5: 'a' }));
      assert.deepEqual(placed(late, bundleOf({ b: 1 }), claimsOf({ 5: [] })), [[], [[5, 50]], ['b']]);
      assert.deepEqual(placed(late, bundleOf({ b: 1 }), both), [[['b', 6, 101]], [[5, 50]], []]);
    });

    it('leaves a pod that ends on its interface when it has lost its address to another', () => {
      const binder = binderWith(installed({ 5: 'a' }));
      assert.deepEqual(placed(binder, bundleOf({ a: 9, b: 1 }), claimsOf({ 5: [1], 6: [1] })), [
        [
          ['a', 5, 50],
          ['b', 6, 101],
        ],
        [],
        [],
      ]);
    });

    it('covers all interfaces also where two uids have the same owner', () => {
      assert.equal(ownerOf('plumless'), ownerOf('buckeroo'));
      const claims = claimsOf({ 5: [1], 6: [2] });
      const find = (pods: Record<string, number>) =>
        placed(binderWith(installed({ 5: 'plumless', 6: 'buckeroo' })), bundleOf(pods), claims);
      assert.deepEqual(find({ plumless: 1, buckeroo: 2 }), [
        [
          ['buckeroo', 6, 60],
          ['plumless', 5, 101],
        ],
        [],
        [],
      ]);
      assert.deepEqual(find({ buckeroo: 2 }), [[['buckeroo', 6, 60]], [[5, 50]], []]);
      assert.deepEqual(find({ plumless: 1 }), [[['plumless', 5, 50]], [[6, 60]], []]);
    });

    it('goes by the address alone where an older agent has kept no uid', () => {
      const [found] = installed({ 5: 'a' });
      assert.ok(found);
      const binder = binderWith([{ ...found, owner: 0 }]);
      const claims = claimsOf({ 5: [1], 6: [1] });
      assert.deepEqual(placed(binder, bundleOf({ b: 1 }), claims), [[['b', 5, 50]], [], []]);
    });
  });
});
