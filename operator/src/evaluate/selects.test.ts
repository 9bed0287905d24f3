import assert from 'node:assert/strict';
import type { EffectiveLabel } from './effective-labels.ts';
import { selects } from './selects.ts';
import { requirement } from './test-cluster.ts';

const labels: readonly EffectiveLabel[] = [
  { source: 'k8s', key: 'app', value: 'web' },
  { source: 'reserved', key: 'host', value: '' },
];

const holds = (...of: Parameters<typeof requirement>) =>
  selects({ requirements: [requirement(...of)] }, labels);

describe('selects', () => {
  it('matches everything without requirements', () => assert.ok(selects({ requirements: [] }, [])));

  it('wants all requirements', () => {
    const both = [requirement('any', 'app', 'Exists'), requirement('any', 'tier', 'Exists')];
    assert.equal(selects({ requirements: both }, labels), false);
  });

  it('looks into every source for any, into one otherwise', () => {
    assert.ok(holds('any', 'app', 'Exists'));
    assert.ok(holds('any', 'host', 'Exists'));
    assert.ok(holds('k8s', 'app', 'In', 'api', 'web'));
    assert.equal(holds('k8s', 'host', 'Exists'), false);
    assert.equal(holds('reserved', 'app', 'Exists'), false);
    assert.ok(holds('reserved', 'host', 'In', ''));
  });

  it('matches NotIn and DoesNotExist where the key is absent', () => {
    assert.ok(holds('any', 'tier', 'NotIn', 'x'));
    assert.ok(holds('any', 'tier', 'DoesNotExist'));
    assert.equal(holds('any', 'tier', 'In', 'x'), false);
  });

  it('denies NotIn and DoesNotExist where the key is there', () => {
    assert.equal(holds('any', 'app', 'NotIn', 'web'), false);
    assert.ok(holds('any', 'app', 'NotIn', 'api'));
    assert.equal(holds('any', 'app', 'DoesNotExist'), false);
  });
});
