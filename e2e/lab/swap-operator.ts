// An operator whose cluster goes to and fro between two states as soon as a node enforces one of them:
// swap-operator.ts STATE-DIR LISTEN NODE BASE-DIR STATE-A.yaml STATE-B.yaml. Prints a line of JSON for each revision.

import type { ClusterEvent } from '@weir/operator/src/model/event.ts';
import { defaultSettings } from '@weir/operator/src/model/settings.ts';
import { Pipeline } from '@weir/operator/src/pipeline.ts';
import { PushServer } from '@weir/operator/src/push/push-server.ts';
import { readManifests } from '@weir/operator/src/source/files/read-manifests.ts';
import { openAuthority } from '@weir/operator/src/trust/authority.ts';

const [stateDir = '', listen = '', node = '', base = '', ...stateFiles] = process.argv.slice(2);
const clock = (): number => Date.now();
const silent = (): void => undefined;

async function eventsOf(path: string): Promise<readonly ClusterEvent[]> {
  const { events, problems } = await readManifests([path], defaultSettings);
  if (problems.length > 0) throw new Error(JSON.stringify(problems[0]));
  return events;
}

/** Both states have a policy of every name that one of them has. */
const states = await Promise.all(stateFiles.map(eventsOf));
const pipeline = new Pipeline(defaultSettings);
pipeline.apply([...(await eventsOf(base)), ...(states[0] ?? [])]);
let current = 0;
let newest = 0;
let asked = false;

function swap(): void {
  asked = false;
  current = 1 - current;
  push.publish(pipeline.apply(states[current] ?? []));
}

const push = new PushServer({
  bundle: (name) => pipeline.bundle(name),
  tls: await (await openAuthority(stateDir, clock)).issueServer([listen.replace(/:\d+$/, '')]),
  log: { error: console.error, warn: silent, info: silent, debug: silent },
  clock,
  onStatus: (name, { revision, enforced, connected }) => {
    if (name !== node) return;
    if (revision > newest) {
      newest = revision;
      process.stdout.write(`${JSON.stringify({ revision, state: current })}\n`);
    }
    if (!connected || enforced !== newest || asked) return;
    asked = true;
    // Not from within the session that reports.
    setImmediate(swap);
  },
});
await push.listen(listen);
