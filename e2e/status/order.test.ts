import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { ciliumPolicy, ciliumPolicyPath, create, each, replace } from '../cluster-source/objects.ts';
import { eventually, Stage } from './stage.ts';

const policyCount = 600;
/** Of them, so many wait to be told of when somebody comes: more than are told while a test looks. */
const leastWaiting = 300;
const nodeCount = 20;

const policy = (name: string, more = {}): unknown =>
  ciliumPolicy(name, { endpointSelector: { matchLabels: { app: name } }, ingress: [{}], ...more });

describe('the order of writes of status on a real API server', function () {
  this.timeout(900_000);
  let stage: Stage;
  let began = 0;
  /** What the operator has written so far, as paths. */
  const paths = async (): Promise<readonly string[]> =>
    (await stage.writes(began)).map(({ requestURI }) => requestURI.split('?', 1)[0] ?? '');
  const versions = async (): Promise<readonly string[]> => {
    const list = await stage.client.request({ path: '/apis/apps/v1/namespaces/default/controllerrevisions' });
    return (list as { items: readonly { metadata: { name: string } }[] }).items.map(
      (one) => one.metadata.name,
    );
  };
  /** How many have come so far. */
  let made = 0;
  const make = async (count: number): Promise<void> => {
    const from = made;
    made += count;
    await each(count, (index) => create(stage.client, ciliumPolicyPath, policy(`p${from + index}`)));
  };
  const waiting = async (): Promise<number> => {
    const { items } = (await stage.get(ciliumPolicyPath)) as { items: readonly { status?: unknown }[] };
    return items.filter(({ status }) => status === undefined).length;
  };
  /** Where this machine was slow, the operator has told of most by now: more come. @returns when all are there */
  const crowd = async (): Promise<void> => {
    while ((await waiting()) < leastWaiting) await make(leastWaiting);
  };
  const isStored = (name: string) =>
    eventually(
      `the version of ${name}`,
      versions,
      (seen) => seen.some((one) => one.startsWith(`ciliumnetworkpolicies.${name}.`)),
      180_000,
    );
  const becomes = (name: string, type: string, status: string) =>
    eventually(
      `${type} of ${name}`,
      () => stage.condition(`${ciliumPolicyPath}/${name}`, type),
      (seen) => seen?.status === status,
      180_000,
    );

  before(async function () {
    this.timeout(900_000);
    stage = await Stage.open();
    await each(nodeCount, (index) => stage.node(`node-${index}`));
    await make(policyCount);
  });
  after(() => stage?.close());

  it('begins with nodes where many policies are found', async () => {
    began = Date.now();
    await stage.operator();
    // Its creation and its status.
    const ofNodes = async () => (await paths()).filter((path) => path.includes('/policybundles')).length;
    await eventually('PolicyBundles', ofNodes, (seen) => seen === nodeCount * 2, 180_000);
    const all = await paths();
    const last = all.findLastIndex((path) => path.includes('/policybundles'));
    assert.ok(last < policyCount / 4, `the last of a node was the ${last}th`);
  });

  it('has what somebody waits for in front of the rest, and its version', async () => {
    await crowd();
    await create(stage.client, ciliumPolicyPath, policy('new'));
    const asked = Date.now();
    await becomes('new', 'Enforced', 'True');
    await isStored('new');
    const { length } = await stage.writes(asked);
    assert.ok(length < leastWaiting, `${length} writes until then`);
  });

  it('has an accepted version in front, once the policy itself has a refused one', async () => {
    await crowd();
    await create(stage.client, ciliumPolicyPath, policy('short'));
    const asked = Date.now();
    // As soon as it is accepted.
    await becomes('short', 'Valid', 'True');
    const refused = policy('short', { egress: [{ toFQDNs: [{ matchName: 'example.com' }] }] });
    await replace(stage.client, ciliumPolicyPath, 'short', refused);
    await isStored('short');
    await becomes('short', 'Valid', 'False');
    const { length } = await stage.writes(asked);
    assert.ok(length < leastWaiting, `${length} writes until then`);
  });

  it('stores the versions that were there before last, and all of them', async () => {
    await eventually('versions', versions, (seen) => seen.length === made + 2, 600_000);
    const all = await paths();
    const last = all.findLastIndex((path) => path.includes('/ciliumnetworkpolicies/p'));
    const before = all.slice(0, last).filter((path) => path.endsWith('/controllerrevisions')).length;
    // Of sixteen writes one is theirs while conditions wait.
    assert.ok(before > made / 32 && before < made / 4, `${before} versions before conditions end`);
  });
});
