import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { until } from '../until.ts';
import { identity } from './items.ts';
import { Pair } from './pair.ts';

describe("an agent's capabilities", () => {
  let pair: Pair;

  beforeEach(async () => {
    pair = await Pair.open();
    pair.bundles.set('node-1', [identity('a')]);
  });
  afterEach(() => pair.close());

  it('are told anew when they change, and nothing else is', async () => {
    const agent = await pair.agent('node-1');
    await pair.inSync('node-1');
    assert.equal(pair.server.status('node-1').mode, 'enforce');
    agent.client.updateCapabilities(['ipv6', 'engine=cilium', 'observe-only']);
    await until('told', () => pair.server.status('node-1').capabilities.includes('engine=cilium'));
    await pair.inSync('node-1');
    assert.equal(pair.server.status('node-1').mode, 'observe');
    assert.equal(agent.changes.length, 1, 'the bundle is not sent again');
    agent.client.updateCapabilities(['ipv6']);
    await until('enforcing', () => pair.server.status('node-1').mode === 'enforce');
    assert.equal(agent.log.count('no connection to the operator'), 0);
  });

  it('may change before there is a connection, and while there is none', async () => {
    await pair.server.close();
    const agent = await pair.agent('node-1');
    agent.client.updateCapabilities(['tcx']);
    await until('it has failed', () => agent.client.state.kind === 'failed');
    agent.client.updateCapabilities(['clsact']);
    await pair.serve();
    await pair.inSync('node-1');
    assert.deepEqual(pair.server.status('node-1').capabilities, ['clsact']);
  });
});
