import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeLastGood } from '@weir/node-agent/src/sync/last-good-format.ts';
import { digestText } from '@weir/proto/digest.ts';
import { until } from '../until.ts';
import type { Lab } from './lab.ts';
import { agentName } from './weir.ts';

/** Waits until the agent of a node would start from what it enforces: it stores that some time later. */
export const untilStored = (lab: Lab, node: string): Promise<void> =>
  until(`what ${node} enforces is stored`, () => {
    const file = join(lab.directory, agentName(node), 'last-good');
    if (!existsSync(file)) return false;
    return digestText(decodeLastGood(readFileSync(file)).bundle.digest) === lab.agentStatus(node)?.digest;
  });
