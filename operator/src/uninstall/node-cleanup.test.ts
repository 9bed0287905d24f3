import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { nodeCleanup } from './node-cleanup.ts';

const cleanup = (status: unknown) =>
  nodeCleanup({
    metadata: { name: 'weir-uninstall-x' },
    spec: { nodeName: 'node-1' },
    status: { initContainerStatuses: status === undefined ? undefined : [{ name: 'remove', ...status }] },
  });

describe('nodeCleanup', () => {
  it('says of no node before there is one', () => {
    assert.equal(nodeCleanup({ metadata: { name: 'x' }, spec: {} }), undefined);
  });

  it('is clean only where the container has ended well', () => {
    const states = [
      undefined,
      { state: { waiting: { reason: 'ErrImagePull', message: 'no such image' } } },
      { state: { running: {} } },
      { state: { waiting: { reason: 'CrashLoopBackOff' } }, lastState: { terminated: { exitCode: 2 } } },
      { state: { terminated: { exitCode: 2, message: 'weir-agent: an agent runs (locked)\n' } } },
      { state: { terminated: { exitCode: 0 } } },
    ];
    const seen = states.map(cleanup).map((one) => (one?.clean ? 'clean' : one?.why));
    assert.deepEqual(seen, [
      'not started',
      'ErrImagePull: no such image',
      'running',
      'ended with 2',
      'weir-agent: an agent runs (locked)',
      'clean',
    ]);
  });
});
