import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { eventually, Stage } from './stage.ts';

const path = '/apis/cilium.io/v2/ciliumcidrgroups';
const group = (block: string) => ({
  apiVersion: 'cilium.io/v2',
  kind: 'CiliumCIDRGroup',
  metadata: { name: 'office' },
  spec: { externalCIDRs: [block] },
});

describe('CiliumCIDRGroups on a real API server', function () {
  this.timeout(600_000);
  let stage: Stage;

  const replace = (block: string) =>
    stage.client.request({
      method: 'PATCH',
      path: `${path}/office`,
      contentType: 'application/merge-patch+json',
      body: { spec: group(block).spec },
    });
  const told = async (): Promise<readonly string[]> => {
    const events = await stage.plane.mustKubectl('get', 'events', '--field-selector=reason=CIDRGroupRefused');
    return events.split('\n').filter((line) => line.includes('CIDRGroupRefused'));
  };

  before(async function () {
    this.timeout(900_000);
    stage = await Stage.open();
  });
  after(() => stage?.close());

  it('have an Event where they are refused, also where nobody saw them come', async () => {
    await stage.client.request({ method: 'POST', path, body: group('192.0.2.0/24') });
    const first = await stage.operator();
    // The schema takes what begins with a zero, which some read as octal.
    await replace('010.0.0.0/8');
    const [line = ''] = await eventually('an event', told, (lines) => lines.length === 1);
    assert.match(
      line,
      /Warning +CIDRGroupRefused +ciliumcidrgroup\/office +spec\.externalCIDRs\[0\]: "010\./,
    );
    await first.end('SIGKILL');
    await replace('011.0.0.0/8');
    await stage.operator();
    await eventually('another', told, (lines) => lines.length === 2);
    // One that is right, and then wrong once more, is told again.
    await replace('192.0.2.0/25');
    await replace('012.0.0.0/8');
    await eventually('a third', told, (lines) => lines.length === 3);
  });
});
