import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, afterEach, before, describe, it } from 'mocha';
import { bundlePath, eventually, Stage } from './stage.ts';

describe('PolicyBundles on a real API server', function () {
  this.timeout(600_000);
  let stage: Stage;
  const releases: (() => void)[] = [];
  /** What people see, a row a node. */
  const rows = async (...flags: readonly string[]): Promise<readonly string[]> =>
    (await stage.plane.mustKubectl('get', 'policybundles', '--no-headers', ...flags))
      .trim()
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.trim().replaceAll(/ {2,}/g, ' | '));

  before(async function () {
    this.timeout(900_000);
    stage = await Stage.open();
    await stage.node('node-1');
    await stage.node('node-2');
    await stage.pod('web', 'node-1', '10.1.0.7', { app: 'web' });
  });
  afterEach(() => {
    for (const release of releases.splice(0)) release();
    return stage.clear();
  });
  after(() => stage?.close());

  it('say of each node which revision it enforces, or that nobody does', async () => {
    const operator = await stage.operator();
    await stage.agent('node-1', operator);
    const seen = await eventually(
      'both rows',
      () => rows(),
      (now) => now.length === 2 && now[0]?.includes('True') === true && now[1]?.includes('NoAgent') === true,
    );
    assert.deepEqual(seen, ['node-1 | True | 1 | 1 | 1', 'node-2 | Unknown | 1 | NoAgent']);
    const [wide = ''] = await rows('-o', 'wide');
    assert.equal(wide, 'node-1 | True | 1 | 1 | 1 | 0 | 1 | 0 | enforce | 6.18.0 | tcx | v1.2.3');
    type Owned = { readonly metadata: { readonly uid: string; readonly ownerReferences?: unknown } };
    const { metadata } = await stage.plane.get<Owned>('policybundle', 'node-1');
    const node = await stage.plane.get<Owned>('node', 'node-1');
    assert.deepEqual(metadata.ownerReferences, [
      { apiVersion: 'v1', kind: 'Node', name: 'node-1', uid: node.metadata.uid },
    ]);
  });

  it('return when they are deleted, and go with their node', async () => {
    await stage.operator();
    await eventually('both', rows, (now) => now.length === 2);
    await stage.plane.mustKubectl('delete', 'policybundle', 'node-2');
    await eventually('back', rows, (now) => now.length === 2 && now[1]?.includes('NoAgent') === true);
    await stage.node('node-3');
    await eventually('one more', rows, (now) => now.length === 3 && now[2]?.includes('NoAgent') === true);
    await stage.client.request({ method: 'DELETE', path: '/api/v1/nodes/node-3' });
    await eventually('one less', rows, (now) => now.length === 2);
  });

  it('tell a node that lags, one that fails and one whose agent is gone', async () => {
    const operator = await stage.operator();
    const agent = await stage.agent('node-1', operator);
    const row = () => rows().then(([first]) => first ?? '');
    await eventually('in force', row, (now) => /^node-1 \| True/.test(now));
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    releases.push(release);
    agent.during = () => held;
    await stage.pod('other', 'node-1', '10.1.0.8', { app: 'other' });
    const lagging = await eventually('lagging', row, (now) => /^node-1 \| False/.test(now));
    assert.match(lagging, /^node-1 \| False \| (\d+) \| \d+ \| 1 \| \d+s \| applying revision \1$/);
    release();
    await eventually('in force again', row, (now) => /^node-1 \| True \| (\d+) \| \1 \| 2$/.test(now));
    agent.during = () => Promise.reject(new Error('the kernel refused map 7'));
    await stage.client.request({
      method: 'DELETE',
      path: '/api/v1/namespaces/default/pods/other',
      query: { gracePeriodSeconds: 0 },
    });
    await eventually('failing', row, (now) => now.includes('the kernel refused map 7'));
    const events = await eventually(
      'an event',
      () => stage.plane.mustKubectl('get', 'events', '--field-selector=involvedObject.name=node-1'),
      (now) => now.includes('PolicyNotApplied'),
    );
    assert.match(events, /Warning +PolicyNotApplied +node\/node-1 +.*the kernel refused map 7/);
    agent.during = () => Promise.resolve();
    await eventually('well again', row, (now) => /^node-1 \| True \| (\d+) \| \1 \| 1$/.test(now));
    await agent.client.stop();
    await eventually('gone', row, (now) => /^node-1 \| Unknown .*no agent is connected/.test(now));
  });

  it('tell a node that only observes, and metrics count nodes and writes', async () => {
    const operator = await stage.operator('--observe-node', 'node-2');
    await stage.agent('node-1', operator);
    const second = await stage.agent('node-2', operator);
    await eventually('both', rows, (now) => now.every((row) => row.includes('| True |')));
    const [, row = ''] = await rows();
    assert.match(row, /^node-2 \| True \| (\d+) \| \1 \| 0 \| observes: nothing is dropped$/);
    assert.match((await rows('-o', 'wide'))[1] ?? '', / \| observe \| 6\.18\.0 \| tcx \| v1\.2\.3$/);
    for (const line of [
      /^weir_nodes\{reason="Enforced"\} 1$/m,
      /^weir_nodes\{reason="Observed"\} 1$/m,
      /^weir_status_writes_total\{kind="bundle",outcome="ok"\} [1-9]/m,
      /^weir_status_waiting\{urgency="node"\} 0$/m,
      /^weir_behind_seconds 0$/m,
    ])
      await operator.shows(operator.metricsPort, '/metrics', line);
    await second.client.stop();
    await operator.shows(operator.metricsPort, '/metrics', /^weir_nodes\{reason="AgentGone"\} 1$/m);
  });

  it('are not written where nothing has changed, also not by a new leader', async () => {
    const first = await stage.operator('--leader-election');
    const second = await stage.operator('--leader-election');
    await first.logged('leading');
    await stage.agent('node-1', first, second);
    const seen = await eventually('in force', rows, (now) => now[0] === 'node-1 | True | 1 | 1 | 1');
    const began = await stage.quiet(1_000);
    await first.end('SIGTERM');
    await second.logged('leading');
    await second.shows(second.metricsPort, '/metrics', /^weir_agents 1$/m);
    await sleep(2_000);
    assert.deepEqual(await rows(), seen);
    const writes = await stage.writes(began);
    assert.deepEqual(
      writes.map(({ verb, requestURI }) => `${verb} ${requestURI}`),
      [],
    );
    // It does write: what it finds deleted.
    await stage.client.request({ method: 'DELETE', path: `${bundlePath}/node-2` });
    await eventually('back', rows, (now) => now.length === 2);
  });
});
