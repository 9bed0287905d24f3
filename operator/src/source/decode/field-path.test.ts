import assert from 'node:assert/strict';
import fc from 'fast-check';
import { childPath, itemPath, splitPath } from './field-path.ts';

describe('field paths', () => {
  it('read as people write them', () => {
    const port = childPath(
      itemPath(childPath(itemPath(childPath('spec', 'ingress'), 0), 'toPorts'), 1),
      'port',
    );
    assert.equal(port, 'spec.ingress[0].toPorts[1].port');
    assert.equal(childPath('spec.matchLabels', 'k8s:app'), 'spec.matchLabels["k8s:app"]');
    assert.equal(childPath('', 'spec'), 'spec');
  });

  it('split into the keys that they were made of, whatever these are', () => {
    const key = fc.oneof(
      fc.nat(1000),
      fc.string(),
      fc.constantFrom('spec', 'a.b', '[0]', '"', '__proto__', ''),
    );
    fc.assert(
      fc.property(fc.array(key), (keys) => {
        const path = keys.reduce<string>(
          (parent, part) => (typeof part === 'number' ? itemPath(parent, part) : childPath(parent, part)),
          '',
        );
        assert.deepEqual(splitPath(path), keys);
      }),
    );
  });
});
