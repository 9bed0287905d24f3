import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'mocha';
import { ciliumPolicy, ciliumPolicyPath } from '../cluster-source/objects.ts';
import type { OperatorProcess } from '../cluster-source/operator-process.ts';
import { eventually, Stage } from './stage.ts';

const path = '/apis/cilium.io/v2/ciliumcidrgroups';
const group = (name: string, block: string) => ({
  apiVersion: 'cilium.io/v2',
  kind: 'CiliumCIDRGroup',
  metadata: { name, labels: { kind: name } },
  spec: { externalCIDRs: [block] },
});
/** Open to all but the group. */
const policy = (name: string, ref: object): unknown =>
  ciliumPolicy(name, {
    endpointSelector: { matchLabels: { app: 'web' } },
    ingress: [{}],
    ingressDeny: [{ fromCIDRSet: [ref] }],
  });

describe('CiliumCIDRGroups on a real API server', function () {
  this.timeout(600_000);
  let stage: Stage;

  const create = (body: unknown, at = path) => stage.client.request({ method: 'POST', path: at, body });
  const patch = (name: string, body: unknown) =>
    stage.client.request({
      method: 'PATCH',
      path: `${path}/${name}`,
      contentType: 'application/merge-patch+json',
      body,
    });
  const replace = (name: string, block: string) => patch(name, { spec: group(name, block).spec });
  const remove = (at: string) => stage.client.request({ method: 'DELETE', path: at });
  const told = async (reason: string, name: string): Promise<readonly string[]> => {
    const field = `--field-selector=reason=${reason},involvedObject.name=${name}`;
    const events = await stage.plane.mustKubectl('get', 'events', field);
    return events.split('\n').filter((line) => line.includes(reason));
  };
  /** "ciliumcidrgroups.office.0123456789abcdef" */
  const versions = async (name: string): Promise<readonly string[]> => {
    const list = await stage.plane.mustKubectl('get', 'controllerrevisions', '-o', 'name');
    return list.split('\n').filter((line) => line.includes(`/ciliumcidrgroups.${name}.`));
  };
  const becomes = (name: string, type: string, text: RegExp) =>
    eventually(
      `${type} of ${name} ${text}`,
      () => stage.condition(`${ciliumPolicyPath}/${name}`, type),
      (seen) => text.test(seen?.text ?? ''),
    );
  const enforcedBy = async (operator: OperatorProcess): Promise<string | undefined> => {
    const agent = await stage.agent('node-1', operator);
    const digest = async () => agent.enforced?.digest;
    return eventually('served', digest, (seen) => seen !== undefined);
  };

  before(async function () {
    this.timeout(900_000);
    stage = await Stage.open();
    await stage.node('node-1');
    await stage.pod('web', 'node-1', '10.1.2.3', { app: 'web' });
  });
  afterEach(() => stage.clear());
  after(() => stage?.close());

  it('have an Event where they are refused, also where nobody saw them come', async () => {
    const events = () => told('CIDRGroupRefused', 'office');
    await create(group('office', '192.0.2.0/24'));
    const first = await stage.operator();
    // The schema takes what begins with a zero, which some read as octal.
    await replace('office', '010.0.0.0/8');
    const [line = ''] = await eventually('an event', events, (lines) => lines.length === 1);
    assert.match(
      line,
      /Warning +CIDRGroupRefused +ciliumcidrgroup\/office +spec\.externalCIDRs\[0\]: "010\./,
    );
    await first.end('SIGKILL');
    await replace('office', '011.0.0.0/8');
    await stage.operator();
    await eventually('another', events, (lines) => lines.length === 2);
    // One that is right, and then wrong once more, is told again.
    await replace('office', '192.0.2.0/25');
    await replace('office', '012.0.0.0/8');
    await eventually('a third', events, (lines) => lines.length === 3);
  });

  for (const [how, ref] of Object.entries({
    name: { cidrGroupRef: 'partners' },
    label: { cidrGroupSelector: { matchLabels: { kind: 'partners' } } },
  }))
    it(`stay as they were accepted last, for the next operator too, and deny by their ${how}`, async () => {
      await create(group('partners', '192.0.2.0/24'));
      await create(policy('open', ref), ciliumPolicyPath);
      const first = await stage.operator();
      const enforced = await enforcedBy(first);
      await becomes('open', 'Enforced', /^True Enforced/);
      await eventually(
        'a version',
        () => versions('partners'),
        (now) => now.length === 1,
      );
      await first.end('SIGKILL');
      // Nobody is there to see this one come; its labels are refused with it.
      await patch('partners', {
        metadata: { labels: { kind: 'none' } },
        spec: group('', '010.0.0.0/8').spec,
      });
      const second = await stage.operator();
      assert.equal(await enforcedBy(second), enforced, 'not an empty group');
      await becomes('open', 'Valid', /^True/);
      await remove(`${path}/partners`);
      await eventually(
        'none',
        () => versions('partners'),
        (now) => now.length === 0,
      );
      await remove(`${ciliumPolicyPath}/open`);
    });

  it('are stored anew when blocks or labels change, and once', async () => {
    await create(group('partners', '192.0.2.0/24'));
    await stage.operator();
    const one = () =>
      eventually(
        'one',
        () => versions('partners'),
        (now) => now.length === 1,
      );
    const another = (than: readonly string[]) =>
      eventually(
        'another',
        () => versions('partners'),
        (now) => now.length === 1 && now[0] !== than[0],
      );
    const first = await one();
    await patch('partners', { metadata: { labels: { kind: 'other' } } });
    const second = await another(first);
    await replace('partners', '192.0.2.0/25');
    const third = await another(second);
    await patch('partners', {
      metadata: { labels: { kind: 'partners' } },
      spec: group('', '192.0.2.0/24').spec,
    });
    assert.deepEqual(await another(third), first);
    // One that comes back may meet the former one of its content, which is about to be removed.
    for (let turn = 0; turn < 20; turn++) {
      await replace('partners', '192.0.2.0/25');
      await replace('partners', '192.0.2.0/24');
    }
    await eventually(
      'the first',
      () => versions('partners'),
      (now) => now.length === 1 && now[0] === first[0],
    );
    await patch('partners', { metadata: { annotations: { note: 'x' } } });
    await remove(`${path}/partners`);
    await eventually(
      'none',
      () => versions('partners'),
      (now) => now.length === 0,
    );
  });

  it('of which no version was accepted isolate what a policy selects that needs them, until one is', async () => {
    await create(group('unknown', '010.0.0.0/8'));
    await create(policy('strict', { cidrGroupRef: 'unknown' }), ciliumPolicyPath);
    const operator = await stage.operator();
    const isolated = await enforcedBy(operator);
    const why =
      /spec\.ingressDeny\[0\]: needs the CiliumCIDRGroup "unknown", of which no version was accepted: spec\.externalCIDRs\[0\]: "010\./;
    const { text } = (await becomes('strict', 'Valid', /^False Refused/)) ?? { text: '' };
    assert.match(text, why);
    await becomes('strict', 'Enforced', /^False Refused: what it needs was not accepted so far: the pods/);
    const [event = ''] = await eventually(
      'an event',
      () => told('PolicyRefused', 'strict'),
      (lines) => lines.length === 1,
    );
    assert.match(event, why);
    assert.match(operator.log, /"message":"a policy is not in force, and its pods are isolated"/);
    assert.match(
      await operator.page(operator.metricsPort, '/metrics'),
      /^weir_policies\{version="isolated"\} 1$/m,
    );
    await replace('unknown', '192.0.2.0/24');
    await becomes('strict', 'Enforced', /^True Enforced/);
    await becomes('strict', 'Valid', /^True/);
    await eventually(
      'a version',
      () => versions('unknown'),
      (now) => now.length === 1,
    );
    await replace('unknown', '010.0.0.0/8');
    await operator.end('SIGKILL');
    const enforced = await enforcedBy(await stage.operator());
    assert.notEqual(enforced, isolated);
    await becomes('strict', 'Enforced', /^True Enforced/);
  });
});
