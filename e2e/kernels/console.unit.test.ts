import assert from 'node:assert/strict';
import { loadedPrograms } from './console.ts';

describe('what a booted kernel says', () => {
  it('has a line for each program that was loaded', () => {
    const said =
      '[ 1.0] noise\r\nweir: pod_egress 17000 1500\r\nweir: pod_ingress 12000 0\r\nweir: loaded\r\n';
    assert.deepEqual(loadedPrograms(said), [
      { name: 'pod_egress', verified: 17000, milliseconds: 1.5 },
      { name: 'pod_ingress', verified: 12000, milliseconds: undefined },
    ]);
  });

  it('means nothing where the kernel stopped, or refused a program', () => {
    assert.equal(loadedPrograms(''), undefined);
    assert.equal(loadedPrograms('weir: pod_egress 17000 1500\r\n'), undefined);
    assert.equal(
      loadedPrograms('weir: pod_egress 17000 1500\r\nweir: failed: load: Invalid argument\r\n'),
      undefined,
    );
  });
});
