import assert from 'node:assert/strict';
import type { CidrGroupPeer } from '../model/policy.ts';
import { matchCidrGroup } from './match-cidr-group.ts';
import { clusterOf, prefix, requirement, scopes } from './test-cluster.ts';

const group = (name: string, labels: Record<string, string>, ...blocks: readonly string[]) =>
  ({ kind: 'CidrGroup', name, labels: new Map(Object.entries(labels)), blocks: blocks.map(prefix) }) as const;

const state = clusterOf([
  group('office', { kind: 'office', trust: 'high' }, '203.0.113.0/26', '2001:db8::/48'),
  group('partner', { kind: 'partner', trust: 'high' }, '203.0.113.32/28', '198.51.100.0/24'),
]);

const addresses = ['203.0.113.1', '203.0.113.33', '198.51.100.9', '8.8.8.8'];

const matched = (of: CidrGroupPeer['group'], ...except: readonly string[]) =>
  addresses.filter((address) =>
    matchCidrGroup(
      state,
      { kind: 'cidr-group', group: of, except: except.map(prefix), scope: scopes.external },
      prefix(address),
    ),
  );

const bySelector = (...of: readonly ReturnType<typeof requirement>[]) =>
  ({ kind: 'selector', selector: { requirements: of } }) as const;

describe('matchCidrGroup', () => {
  it('finds the blocks of a group by name, nobody without one', () => {
    assert.deepEqual(matched({ kind: 'name', name: 'partner' }), ['203.0.113.33', '198.51.100.9']);
    assert.deepEqual(matched({ kind: 'name', name: 'nosuch' }), []);
  });

  it('leaves exceptions out', () => {
    assert.deepEqual(matched({ kind: 'name', name: 'office' }, '203.0.113.32/28'), ['203.0.113.1']);
  });

  it('asks an address for the labels of all groups that have it', () => {
    const office = requirement('cidrgroup', 'kind', 'In', 'office');
    const partner = requirement('cidrgroup', 'kind', 'In', 'partner');
    assert.deepEqual(matched(bySelector(office)), ['203.0.113.1', '203.0.113.33']);
    assert.deepEqual(matched(bySelector(office, partner)), ['203.0.113.33']);
    assert.deepEqual(matched(bySelector(requirement('cidrgroup', 'trust', 'Exists'))), [
      '203.0.113.1',
      '203.0.113.33',
      '198.51.100.9',
    ]);
  });

  it('selects what is in no group by negative conditions alone', () => {
    assert.deepEqual(matched(bySelector(requirement('cidrgroup', 'kind', 'NotIn', 'office'))), [
      '198.51.100.9',
      '8.8.8.8',
    ]);
    assert.deepEqual(matched(bySelector(requirement('cidrgroup', 'kind', 'DoesNotExist'))), ['8.8.8.8']);
  });

  it('says nothing about a peer without an address', () => {
    const peer = { kind: 'cidr-group', group: bySelector(), except: [], scope: scopes.all } as const;
    assert.equal(matchCidrGroup(state, peer, undefined), false);
  });
});
