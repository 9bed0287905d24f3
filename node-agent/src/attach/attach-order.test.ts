import assert from 'node:assert/strict';
import { weir } from '@weir/proto/bundle.js';
import { describe, it } from 'mocha';
import { attachOrder } from './attach-order.ts';

const { Endpoint } = weir.bundle.v1;

describe('attach order', () => {
  it('begins with the endpoints that some policy governs, in either direction', () => {
    const table = Uint8Array.of(1);
    const endpoints = new Map(
      [
        Endpoint.create({ uid: 'open' }),
        Endpoint.create({ uid: 'ingress', ingressTable: table }),
        Endpoint.create({ uid: 'other' }),
        Endpoint.create({ uid: 'egress', egressTable: table }),
      ].map((endpoint) => [endpoint.uid, endpoint]),
    );
    const bindings = [...endpoints.keys(), 'unknown'].map((uid, index) => ({
      uid,
      ifindex: index + 1,
      instance: 1,
      adoptUntil: 0,
    }));
    assert.deepEqual([...attachOrder({ endpoints }, bindings)], [2, 4, 1, 3, 5]);
  });
});
