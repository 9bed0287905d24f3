import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as make from '../testing/objects.ts';
import { Cluster, type PolicyState, policyKey } from './cluster.ts';
import type { ClusterObject, RefusedCidrGroup } from './event.ts';
import { keyOf } from './object-key.ts';
import type { CidrGroupPeer, Peer } from './policy.ts';
import { defaultSettings } from './settings.ts';

const scope = { pods: false, nodes: false };
const byName = (name: string): Peer => ({
  kind: 'cidr-group',
  group: { kind: 'name', name },
  except: [],
  scope,
});
const bySelector = (
  ...[key, operator, values, source]: Parameters<typeof make.requirement>
): CidrGroupPeer => ({
  kind: 'cidr-group',
  group: { kind: 'selector', selector: { requirements: [make.requirement(key, operator, values, source)] } },
  except: [],
  scope,
});
const denying = (peer: Peer) =>
  make.policy('a/x', {
    subject: make.labelsIn('a'),
    ingress: { allow: [{}], deny: [{ peers: [peer] }] },
    egress: { allow: [{}], defaultDeny: false },
  });
const isolated = make.policy('a/x', { subject: make.labelsIn('a'), ingress: {} });
const refused = (labels: Readonly<Record<string, string>> = {}): RefusedCidrGroup => ({
  kind: 'RefusedCidrGroup',
  name: 'office',
  labels: new Map(Object.entries(labels)),
  problems: [{ path: 'spec.externalCIDRs[0]', message: 'is no block' }],
});

class Watched {
  readonly #cluster = new Cluster(defaultSettings);

  constructor(...objects: readonly ClusterObject[]) {
    this.put(...objects);
  }

  put(...objects: readonly ClusterObject[]): void {
    for (const object of objects) this.#cluster.apply({ kind: 'upsert', object });
  }

  remove(object: ClusterObject): void {
    this.#cluster.apply({ kind: 'remove', key: keyOf(object) });
  }

  get state() {
    return this.#cluster.state;
  }

  get policy(): PolicyState {
    const found = this.state.policies.get(policyKey(isolated.ref));
    assert.ok(found);
    return found;
  }
}

describe('a cluster, of a CiliumCIDRGroup that is refused', () => {
  const policy = denying(byName('office'));

  it('isolates what a policy selects that names it, whichever comes first', () => {
    for (const objects of [
      [policy, refused()],
      [refused(), policy],
    ]) {
      const watched = new Watched(...objects);
      assert.deepEqual(watched.policy, {
        inForce: isolated,
        accepted: false,
        refused: undefined,
        withheld: [
          {
            path: 'spec.ingressDeny[0]',
            message:
              'needs the CiliumCIDRGroup "office", of which no version was accepted: spec.externalCIDRs[0]: is no block',
          },
        ],
      });
    }
  });

  it('puts the policy in force when the group is accepted, or gone', () => {
    const watched = new Watched(policy, refused());
    const group = make.cidrGroup('office', {}, '192.0.2.0/24');
    watched.put(group);
    assert.deepEqual(watched.policy, { inForce: policy, accepted: true, refused: undefined, withheld: [] });
    watched.remove(group);
    watched.put(refused());
    assert.deepEqual(watched.policy.inForce, isolated, 'another group of that name');
    watched.remove(group);
    assert.equal(watched.policy.inForce, policy);
    assert.equal(watched.state.refusedCidrGroups.size, 0);
  });

  it('keeps the version that was accepted before, with its labels', () => {
    const group = make.cidrGroup('office', { kind: 'open' }, '192.0.2.0/24');
    const watched = new Watched(policy, group, refused({ kind: 'closed' }));
    assert.equal(watched.policy.inForce, policy);
    assert.deepEqual([...watched.state.cidrGroups.values()], [group]);
  });

  it('tells the newest reason', () => {
    const watched = new Watched(policy, refused());
    watched.put({ ...refused(), problems: [{ path: 'spec', message: 'is missing' }] });
    assert.match(watched.policy.withheld[0]?.message ?? '', /: spec: is missing$/);
  });

  const selectors: readonly (readonly [boolean, ...Parameters<typeof make.requirement>])[] = [
    [true, 'kind', 'In', ['open'], 'cidrgroup'],
    [true, 'kind', 'In', ['open'], 'any'],
    [true, 'kind', 'NotIn', ['open'], 'cidrgroup'],
    [true, 'kind', 'Exists', [], 'cidrgroup'],
    [true, 'kind', 'DoesNotExist', [], 'cidrgroup'],
    [false, 'kind', 'In', ['closed'], 'cidrgroup'],
    [false, 'kind', 'NotIn', ['closed'], 'cidrgroup'],
    [false, 'other', 'DoesNotExist', [], 'cidrgroup'],
    [false, 'kind', 'Exists', [], 'k8s'],
  ];
  for (const [matters, ...asked] of selectors)
    it(`${matters ? 'isolates' : 'leaves'} what a policy selects that asks for ${asked.join(' ')}`, () => {
      const selecting = denying(bySelector(...asked));
      for (const objects of [
        [selecting, refused({ kind: 'open' })],
        [refused({ kind: 'open' }), selecting],
      ])
        assert.deepEqual(new Watched(...objects).policy.inForce, matters ? isolated : selecting);
    });

  it('follows its labels', () => {
    const selecting = denying(bySelector('kind', 'Exists'));
    const watched = new Watched(selecting, refused({ kind: 'open' }));
    watched.put(refused());
    assert.equal(watched.policy.inForce, selecting);
    watched.put(refused({ kind: 'open' }));
    assert.deepEqual(watched.policy.inForce, isolated);
  });

  it('follows the policy', () => {
    const watched = new Watched(policy, refused());
    const other = denying(byName('other'));
    watched.put(other);
    assert.equal(watched.policy.inForce, other);
    watched.put(policy);
    assert.deepEqual(watched.policy.inForce, isolated);
    watched.remove(policy);
    watched.put(make.cidrGroup('office', {}));
    assert.equal(watched.state.policies.size, 0);
  });

  it('isolates also what a former version of a policy selects that names it', () => {
    const newest = {
      kind: 'RefusedPolicy' as const,
      ref: policy.ref,
      problems: [{ path: 'spec', message: 'no' }],
      isolation: make.policy('a/x', { subject: make.labelsIn('a'), egress: {} }),
    };
    const watched = new Watched(policy, refused(), newest);
    assert.deepEqual(watched.policy.inForce, isolated);
    assert.equal(watched.policy.refused, newest);
    watched.put(make.cidrGroup('office', {}));
    assert.deepEqual(watched.policy, { inForce: policy, accepted: true, refused: newest, withheld: [] });
  });

  it('leaves out rules that only add, and isolates where a tier forbids', () => {
    const adding = make.policy('a/x', {
      subject: make.labelsIn('a'),
      ingress: { allow: [{ peers: [byName('office')] }], defaultDeny: false },
    });
    assert.deepEqual(
      new Watched(adding, refused()).policy.inForce,
      make.policy('a/x', { subject: make.labelsIn('a') }),
    );
    const tiered = make.tiered('t', {
      subject: make.labelsIn('a'),
      ingress: [{ action: 'accept', peers: [byName('office')] }],
      egress: [{ action: 'pass' }],
    });
    const { state } = new Watched(tiered, refused());
    assert.deepEqual(state.policies.get(policyKey(tiered.ref))?.inForce, {
      ...make.policy('a/x', { subject: make.labelsIn('a'), egress: {} }),
      ref: tiered.ref,
    });
  });
});
