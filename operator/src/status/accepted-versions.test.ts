import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { policyKey } from '../model/cluster.ts';
import type { ClusterEvent } from '../model/event.ts';
import type { PolicyRef, SelectingPolicy } from '../model/policy.ts';
import { defaultSettings } from '../model/settings.ts';
import { groupContent } from '../source/kube/object-facts.ts';
import * as make from '../testing/objects.ts';
import { AcceptedVersions, hashOf, type Version } from './accepted-versions.ts';
import { decodeVersion } from './decode-version.ts';

const ref: PolicyRef = { kind: 'NetworkPolicy', namespace: 'a', name: 'x' };
const key = policyKey(ref);
const decoded = (content: string): SelectingPolicy => ({
  kind: 'Policy',
  ref: { ...ref, name: content },
  rules: [],
});
const refused: ClusterEvent = {
  kind: 'upsert',
  object: { kind: 'RefusedPolicy', ref, problems: [], isolation: decoded('isolation') },
};

class Watched {
  readonly versions = new AcceptedVersions((_, content) =>
    content === 'old' ? undefined : decoded(content),
  );

  sees(generation: number, content: string, is: 'accepted' | 'refused', uid = 'u'): void {
    const meta = { namespace: 'a', name: 'x', uid, resourceVersion: '1', generation };
    const problems = is === 'refused' ? [{ path: 'spec', message: 'no' }] : [];
    this.versions.follow(ref, { ...meta, ref, content, status: undefined, refused: problems });
  }

  stores(generation: number, content: string, uid = 'u'): void {
    const version: Version = { uid, generation, hash: hashOf(content), content };
    this.versions.store(ref, version);
  }

  /** Content of what is put before the refused version; undefined: nothing. */
  get fallback(): string | undefined {
    const [first, second] = this.versions.complete([refused]);
    return second && first?.kind === 'upsert' && first.object.kind === 'Policy'
      ? first.object.ref.name
      : undefined;
  }

  get unstored(): string | undefined {
    return this.versions.unstored(key)?.content;
  }
}

describe('accepted versions', () => {
  it('fall back to what is stored where none was seen', () => {
    const watched = new Watched();
    watched.stores(1, 'v1');
    watched.sees(2, 'v2', 'refused');
    assert.equal(watched.fallback, 'v1');
  });

  it('never fall back to what another object of the name was', () => {
    const watched = new Watched();
    watched.stores(1, 'v1', 'former');
    watched.sees(1, 'v2', 'refused');
    assert.equal(watched.fallback, undefined);
  });

  it('never fall back behind what was seen', () => {
    const watched = new Watched();
    watched.stores(1, 'v1');
    watched.sees(2, 'v2', 'accepted');
    watched.sees(3, 'v3', 'refused');
    assert.equal(watched.fallback, undefined);
    assert.equal(watched.unstored, 'v2');
  });

  it('take what another operator stored after what was seen here', () => {
    const watched = new Watched();
    watched.sees(1, 'v1', 'accepted');
    watched.sees(3, 'v3', 'refused');
    watched.stores(2, 'v2');
    assert.equal(watched.fallback, 'v2');
    assert.equal(watched.unstored, undefined);
  });

  it('leave out what would be refused by now', () => {
    const watched = new Watched();
    watched.stores(1, 'old');
    watched.sees(2, 'v2', 'refused');
    assert.equal(watched.fallback, undefined);
  });

  it('are stored only where they have changed', () => {
    const watched = new Watched();
    watched.sees(1, 'v1', 'accepted');
    assert.equal(watched.unstored, 'v1');
    watched.stores(1, 'v1');
    assert.equal(watched.unstored, undefined);
    watched.sees(2, 'v2', 'refused');
    watched.sees(3, 'v1', 'accepted');
    assert.equal(watched.unstored, undefined);
    watched.sees(4, 'v4', 'accepted');
    assert.equal(watched.unstored, 'v4');
    watched.sees(1, 'v4', 'accepted', 'another');
    assert.equal(watched.unstored, 'v4');
    watched.versions.follow(ref, undefined);
    assert.equal(watched.unstored, undefined);
  });

  describe('of a CiliumCIDRGroup', () => {
    const group = { kind: 'CidrGroup', namespace: '', name: 'office' } as const;
    const groupKey = 'CidrGroup//office';
    const ofGroup = () =>
      new AcceptedVersions((owner, content) => decodeVersion(owner, content, defaultSettings));
    const read = (resourceVersion: number, value: unknown, is: 'accepted' | 'refused') => ({
      ...{ namespace: '', name: 'office', uid: 'u', resourceVersion: `${resourceVersion}`, generation: 1 },
      ref: group,
      content: groupContent(value),
      refused: is === 'refused' ? [{ path: 'spec', message: 'no' }] : [],
    });
    const value = (kind: string, block = '192.0.2.0/24') => ({
      metadata: { labels: { kind } },
      spec: { externalCIDRs: [block] },
    });
    const refusedGroup: ClusterEvent = {
      kind: 'upsert',
      object: { kind: 'RefusedCidrGroup', name: 'office', labels: new Map(), problems: [] },
    };

    it('come back with labels and blocks, before what is refused', () => {
      const first = ofGroup();
      first.follow(group, read(7, value('open'), 'accepted'));
      const stored = first.unstored(groupKey);
      assert.equal(stored?.generation, 7);
      const next = ofGroup();
      next.store(group, stored);
      next.follow(group, read(9, value('closed', 'x'), 'refused'));
      assert.deepEqual(next.complete([refusedGroup]), [
        { kind: 'upsert', object: make.cidrGroup('office', { kind: 'open' }, '192.0.2.0/24') },
        refusedGroup,
      ]);
    });

    it('are others where labels alone have changed, and the later one counts', () => {
      const leader = ofGroup();
      leader.follow(group, read(7, value('open'), 'accepted'));
      leader.store(group, leader.unstored(groupKey));
      assert.equal(leader.unstored(groupKey), undefined);
      leader.follow(group, read(8, value('closed'), 'accepted'));
      const stored = leader.unstored(groupKey);
      const standby = ofGroup();
      standby.follow(group, read(7, value('open'), 'accepted'));
      standby.follow(group, read(9, value('open', 'x'), 'refused'));
      standby.store(group, stored);
      const [first] = standby.complete([refusedGroup]);
      assert.ok(first?.kind === 'upsert' && first.object.kind === 'CidrGroup');
      assert.deepEqual([...first.object.labels], [['kind', 'closed']]);
    });
  });

  it('leave all other events as they are', () => {
    const watched = new Watched();
    watched.stores(1, 'v1');
    const events: readonly ClusterEvent[] = [
      { kind: 'remove', key: ref },
      { kind: 'upsert', object: decoded('x') },
    ];
    assert.deepEqual(watched.versions.complete(events), events);
  });
});
