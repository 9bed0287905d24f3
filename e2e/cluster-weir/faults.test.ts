import { after, afterEach, before, describe } from 'mocha';
import { apiServerFaults } from './faults/api-server.ts';
import { nodeFaults } from './faults/nodes.ts';
import { operatorFaults } from './faults/operators.ts';
import { manyPolicies, refusedPolicy } from './faults/policies.ts';
import { FaultStage } from './faults/stage.ts';

describe('what fails around Weir', function () {
  this.timeout(900_000);
  let stage: FaultStage;
  const opened = (): FaultStage => stage;

  before(async function () {
    this.timeout(3_600_000);
    stage = await FaultStage.open();
  });
  after(() => stage?.weir.down());
  afterEach(async function () {
    this.timeout(900_000);
    // The next test is to fail by its own fault alone.
    if (this.currentTest?.state === 'passed') await stage.isWell();
    else await stage.recover();
  });

  describe('an API server:', () => apiServerFaults(opened));
  describe('an operator:', () => operatorFaults(opened));
  describe('a policy:', () => refusedPolicy(opened));
  describe('a node, and many policies:', () => nodeFaults(opened, () => manyPolicies(opened)));
});
