import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'mocha';
import { until } from '../until.ts';
import { AgentNode, type RunningAgent } from './agent-node.ts';
import { readManifests } from './judge.ts';

/** An agent has started by then, or given up. */
const startMs = 120_000;

interface AgentPod {
  readonly template: {
    readonly spec: {
      readonly containers: readonly {
        readonly securityContext: { readonly capabilities: { readonly add: readonly string[] } };
      }[];
    };
  };
}

function granted(): readonly string[] {
  const [daemonSet] = readManifests('config/base/agent.yaml').filter(({ kind }) => kind === 'DaemonSet');
  assert.ok(daemonSet);
  const [container] = (daemonSet.spec as AgentPod).template.spec.containers;
  return container?.securityContext.capabilities.add ?? [];
}

describe("the agent's capabilities", function () {
  this.timeout(600_000);
  const node = new AgentNode();
  const agents: RunningAgent[] = [];
  const start = (capabilities: readonly string[]): RunningAgent => {
    const agent = node.startAgent(capabilities);
    agents.push(agent);
    return agent;
  };

  before(() => node.up());
  afterEach(async () => {
    for (const agent of agents.splice(0)) await agent.stop();
    await node.clear();
  });
  after(() => node.down());

  it('suffice', async () => {
    const agent = start(granted());
    await until(
      () => `a pod is governed; ${agent.text}`,
      () => agent.attached === 1 || agent.ended,
      startMs,
    );
    assert.equal(agent.attached, 1, agent.text);
  });

  for (const capability of granted())
    it(`are all needed: ${capability}`, async () => {
      const agent = start(granted().filter((name) => name !== capability));
      const refused = /EPERM|EACCES|setsockopt failed/;
      await until(
        () => `the agent is refused; ${agent.text}`,
        () => refused.test(agent.text) || agent.attached === 1,
        startMs,
      );
      assert.equal(agent.attached, undefined);
    });
});
