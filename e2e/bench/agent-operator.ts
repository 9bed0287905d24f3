// The operator of the agent bench, in the node's namespace: AUTHORITY PODS PREFIXES. Tells its parent of the agent.
import { PushServer } from '@weir/operator/src/push/push-server.ts';
import { openAuthority } from '@weir/operator/src/trust/authority.ts';
import { Bundles } from '../sync/bundles.ts';
import { changedSelector, nodeBundle } from './agent-bundle.ts';
import { benchNode, operatorHost } from './agent-node.ts';

/** To the parent. */
export interface AgentState {
  readonly port: number;
  /** Connected, and enforces the newest revision. */
  readonly inSync: boolean;
  readonly revision: number;
  /** CLOCK_MONOTONIC, in milliseconds. */
  readonly at: number;
}

const [authorityFolder = '', pods = '', prefixes = ''] = process.argv.slice(2);
const bundles = new Bundles();
const authority = await openAuthority(authorityFolder, Date.now);
bundles.set(benchNode, nodeBundle(Number(pods), Number(prefixes)));
const server = new PushServer({
  bundle: bundles.get,
  tls: await authority.issueServer([]),
  log: { error: console.error, warn: console.error, info: () => {}, debug: () => {} },
  clock: Date.now,
  onStatus: (_, { connected, digest, behindSince, enforced }) =>
    tell(connected && digest !== undefined && behindSince === undefined, enforced),
});
const port = await server.listen(`${operatorHost}:0`);

function tell(inSync: boolean, revision: number): void {
  const state: AgentState = { port, inSync, revision, at: Number(process.hrtime.bigint()) / 1e6 };
  process.send?.(state);
}

process.on('message', (change: number) => {
  server.publish([bundles.change(benchNode, [changedSelector(change)])]);
});
process.on('disconnect', () => process.exit());
tell(false, 0);
