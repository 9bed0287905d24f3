import assert from 'node:assert/strict';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readCredentials } from '@weir/node-agent/src/credentials.ts';
import { after, afterEach, before, describe, it } from 'mocha';
import type { OperatorProcess } from '../cluster-source/operator-process.ts';
import type { Agent } from '../sync/pair.ts';
import { until } from '../until.ts';
import { endingIn, withClaims, withoutNode } from './signed-token.ts';
import { refusal, Stage } from './stage.ts';

const slow = { retryMs: { first: 60_000, most: 60_000 }, random: () => 1 };
const shortly = 60_000;
const live = (agent: Agent): Promise<void> =>
  until('live', () => agent.client.state.kind === 'live' && agent.enforced !== undefined, shortly).catch(
    (error: unknown) => {
      throw new Error(`${JSON.stringify([agent.client.state, agent.log.lines])}`, { cause: error });
    },
  );

describe("agents' tokens", function () {
  this.timeout(600_000);
  let stage: Stage;
  let operator: OperatorProcess;

  const serve = async (): Promise<void> => {
    operator = await stage.operator();
    await operator.logged('serving agents');
    // Agents read this before they connect.
    await until(
      'the authority is published',
      async () => (await stage.trusted().catch(() => '')) !== '',
      shortly,
    );
  };
  const refused = async (node: string, token: string): Promise<string> => {
    const agent = stage.agent(operator.address, node, token, slow);
    const why = await refusal(agent);
    assert.equal(agent.changes.length, 0, 'nothing is told');
    return why;
  };

  before(async function () {
    this.timeout(900_000);
    stage = await Stage.open();
  });
  beforeEach(serve);
  afterEach(() => stage.clear());
  after(() => stage?.close());

  it('open the stream of the node on which their pod is', async () => {
    await live(stage.agent(operator.address, 'node-1', await stage.token('agent-1')));
    await live(stage.agent(operator.address, 'node-2', await stage.token('agent-2')));
    await operator.shows(operator.metricsPort, '/metrics', /^weir_agents 2$/m);
    await operator.shows(operator.healthPort, '/readyz', /^200 .*\[\+\]trust ok/s);
  });

  it('open no other node’s stream, and leave that one alone', async () => {
    const right = stage.agent(operator.address, 'node-2', await stage.token('agent-2'));
    await live(right);
    const why = await refused('node-2', await stage.token('agent-1'));
    assert.match(why, /PERMISSION_DENIED: the token is that of node node-1, not of node node-2/);
    assert.equal(right.client.state.kind, 'live');
    const counted = /^weir_agents_refused_total\{reason="agent-refused"\} 1$/m;
    await operator.shows(operator.metricsPort, '/metrics', counted);
    const told = /node-1, not of node node-2".*stream of an agent ended/;
    await until(
      () => `${told} in\n${operator.log}`,
      () => told.test(operator.log),
      shortly,
    );
  });

  it('are refused where they are for another audience', async () => {
    const why = await refused('node-1', await stage.token('agent-1', 'https://elsewhere'));
    assert.match(why, /UNAUTHENTICATED: the token is for https:\/\/elsewhere, not for weir-operator/);
  });

  it('are refused where they are no tokens, or signed by somebody else', async () => {
    assert.match(
      await refused('node-1', 'garbage'),
      /UNAUTHENTICATED: what is shown is no ServiceAccount token/,
    );
    const [head, body] = (await stage.token('agent-1')).split('.');
    const forged = `${head}.${body}.${Buffer.alloc(256, 7).toString('base64url')}`;
    assert.match(
      await refused('node-1', forged),
      /UNAUTHENTICATED: the API server does not accept the token/,
    );
  });

  it('are refused where another ServiceAccount has them, or no pod', async () => {
    const { plane } = stage;
    const request = { namespace: 'weir-system', audience: 'weir-operator' };
    const stranger = await plane.token({ ...request, serviceAccount: 'stranger' });
    assert.match(
      await refused('node-1', stranger),
      /PERMISSION_DENIED: the token is that of system:.*:stranger/,
    );
    const unbound = await plane.token({ ...request, serviceAccount: 'weir-agent' });
    assert.match(await refused('node-1', unbound), /PERMISSION_DENIED: the token is bound to no pod/);
  });

  it('are refused once they have expired', async () => {
    const token = endingIn(stage.plane, await stage.token('agent-1'), -60);
    assert.match(
      await refused('node-1', token),
      /UNAUTHENTICATED: the API server does not accept the token.*expired/,
    );
  });

  it('end the stream when they expire; the agent comes back with a new one, without a snapshot', async () => {
    const fresh = await stage.token('agent-1');
    /** Undefined: the token had expired before the agent was live, as where the machine is busy. */
    const liveWith = async (seconds: number): Promise<Agent | undefined> => {
      const tokens = [endingIn(stage.plane, fresh, seconds)];
      const agent = stage.agent(operator.address, 'node-1', () => Promise.resolve(tokens.shift() ?? fresh));
      await live(agent);
      if (agent.log.count('no connection to the operator') === 0) return agent;
      await agent.client.stop();
      return undefined;
    };
    const agent = (await liveWith(3)) ?? (await liveWith(20)) ?? assert.fail('expired before it was live');
    const { length } = agent.changes;
    await until('ended', () => agent.log.count('no connection to the operator') > 0, shortly);
    assert.match(
      JSON.stringify(agent.log.lines),
      /UNAUTHENTICATED: the token has expired; connect with a new one/,
    );
    await until('back', () => agent.client.state.kind === 'live', shortly);
    assert.equal(agent.changes.length, length);
  });

  it('are read from their file for each connection, and so is the authority', async () => {
    const files = { token: join(stage.folder, 'token'), ca: join(stage.folder, 'ca.crt') };
    await rm(files.ca, { force: true });
    await writeFile(files.token, await stage.token('agent-1', 'elsewhere'));
    const agent = stage.agent(operator.address, 'node-1', '', {
      tls: () => readCredentials({ kind: 'token', ...files }),
    });
    assert.match(await refusal(agent), /credentials: .*ca.crt can not be read/);
    await writeFile(files.ca, await stage.trusted());
    await until('it is refused', () => /is for elsewhere/.test(JSON.stringify(agent.log.lines)), shortly);
    await writeFile(files.token, `${await stage.token('agent-1')}\n`);
    await live(agent);
  });

  it('without the node in them are looked up by their pod', async () => {
    await live(
      stage.agent(operator.address, 'node-1', withoutNode(stage.plane, await stage.token('agent-1'))),
    );
    const why = await refused('node-2', withoutNode(stage.plane, await stage.token('agent-1')));
    assert.match(why, /the token is that of node node-1/);
  });

  it('of a pod that was deleted are refused, and its stream ends', async () => {
    await stage.agentPod('doomed', 'node-1');
    const token = await stage.token('doomed');
    const agent = stage.agent(operator.address, 'node-1', token);
    await live(agent);
    await stage.removePod('doomed');
    await until('ended', () => agent.log.count('no connection to the operator') > 0, shortly);
    assert.match(JSON.stringify(agent.log.lines), /pod weir-system\/doomed \([-0-9a-f]+\) is gone/);
    assert.match(await refused('node-1', token), /UNAUTHENTICATED.* is gone/);
  });

  it('of a former pod of the same name are refused', async () => {
    await stage.agentPod('again', 'node-1');
    const token = await stage.token('again');
    const old = withoutNode(stage.plane, token);
    await stage.removePod('again');
    await stage.agentPod('again', 'node-2');
    assert.match(await refused('node-1', token), /UNAUTHENTICATED/);
    assert.match(await refused('node-2', old), /UNAUTHENTICATED/);
    await stage.removePod('again');
  });

  it('that say another node than the API server signed are refused', async () => {
    const token = await stage.token('agent-1');
    const [head, body, signature] = token.split('.');
    const other = withClaims(stage.plane, token, (claims) => ({
      ...claims,
      'kubernetes.io': { ...(claims['kubernetes.io'] as object), node: { name: 'node-2', uid: 'x' } },
    }));
    const tampered = [head, other.split('.')[1], signature].join('.');
    assert.notEqual(body, other.split('.')[1]);
    assert.match(await refused('node-2', tampered), /UNAUTHENTICATED/);
  });

  it('wait for an API server that is away', async () => {
    const token = await stage.token('agent-1');
    const ca = Buffer.from(await stage.trusted());
    await stage.plane.stop('apiserver');
    const tls = { ca, token, serverName: 'weir-operator' };
    const agent = stage.agent(operator.address, 'node-1', token, { tls });
    try {
      assert.match(await refusal(agent), /UNAVAILABLE: POST .*tokenreviews/);
    } finally {
      await stage.plane.start('apiserver');
    }
    await live(agent);
  });

  it('are not reviewed again and again', async () => {
    const token = await stage.token('agent-1');
    for (let count = 0; count < 5; count++) {
      const agent = stage.agent(operator.address, 'node-1', token);
      await live(agent);
      await agent.client.stop();
    }
    const log = await readFile(stage.plane.auditLog(), 'utf8');
    const operators = log.split('\n').filter((line) => line.includes('tokenreviews'));
    assert.ok(operators.length > 0);
    const before = operators.length;
    const again = stage.agent(operator.address, 'node-1', token);
    await live(again);
    const after = (await readFile(stage.plane.auditLog(), 'utf8'))
      .split('\n')
      .filter((line) => line.includes('tokenreviews'));
    assert.equal(after.length, before);
  });
});
