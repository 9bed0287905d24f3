import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { PolicyRef } from '../model/policy.ts';
import { field, metaOf, text } from '../source/kube/object-meta.ts';
import { hashOf } from './accepted-versions.ts';
import { readVersion, statusAnnotation, versionObject } from './stored-version.ts';
import type { VersionOwner } from './version-owner.ts';

const content = JSON.stringify({ spec: { podSelector: {} } });
const version = {
  uid: 'b8b3bd58-5d0c-4f1f-b1d8-0123456789ab',
  generation: 7,
  hash: hashOf(content),
  content,
};
/** As the API server gives it back. */
const stored = (object: unknown): unknown => {
  const metadata = { ...Object(field(object, 'metadata')), uid: 'r', resourceVersion: '5' };
  return { ...Object(JSON.parse(JSON.stringify(object))), metadata };
};

describe('a stored version', () => {
  const named: PolicyRef = { kind: 'NetworkPolicy', namespace: 'a', name: 'web' };
  const group: VersionOwner = { kind: 'CidrGroup', namespace: '', name: 'office' };
  const clusterwide: PolicyRef = { kind: 'CiliumClusterwideNetworkPolicy', namespace: '', name: 'all' };

  for (const ref of [named, clusterwide, group, { ...named, name: 'x.'.repeat(126).concat('y') }])
    it(`is read as it was written: ${ref.kind}, ${ref.name.length} characters`, () => {
      const object = stored(versionObject(ref, version, 'weir-system'));
      const name = text(field(object, 'metadata'), 'name');
      assert.ok(
        name.length <= 253 && /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(name) && !name.includes('..'),
        name,
      );
      const read = readVersion(object, metaOf(object));
      assert.deepEqual(read?.ref, ref);
      assert.deepEqual(read?.version, version);
      assert.equal(read?.namespace, ref.namespace || 'weir-system');
      assert.deepEqual(read?.conditions, []);
    });

  it('tells names apart that are cut', () => {
    const long = 'x'.repeat(252);
    const names = ['a', 'b'].map((end, index) => {
      const of = { ...version, uid: `${version.uid.slice(0, -1)}${index}` };
      return text(field(versionObject({ ...named, name: long + end }, of, ''), 'metadata'), 'name');
    });
    assert.notEqual(names[0], names[1]);
  });

  it('has the conditions of a policy without a status, if they are any', () => {
    const object = stored(versionObject(named, version, ''));
    const withNote = (note: string) => {
      const metadata = { ...Object(field(object, 'metadata')), annotations: { [statusAnnotation]: note } };
      return readVersion({ ...Object(object), metadata }, metaOf(object))?.conditions;
    };
    assert.equal(withNote('{"conditions":[{"type":"Enforced","status":"True"}]}')?.length, 1);
    for (const damaged of ['', '{', '7', 'null', '{"conditions":7}']) assert.deepEqual(withNote(damaged), []);
  });

  it('that is none is left out', () => {
    const meta = { namespace: 'a', name: 'x', uid: 'u', resourceVersion: '1', generation: 0 };
    for (const value of [
      undefined,
      {},
      { revision: 1 },
      { revision: 1, metadata: { ownerReferences: [{ kind: 'DaemonSet' }] } },
    ])
      assert.equal(readVersion(value, meta), undefined);
  });
});
