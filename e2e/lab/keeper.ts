// The lab's own process: it serves the ports of all pods and carries edits of the user's manifests over.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FolderWatch } from '@weir/operator/src/source/files/watch-folder.ts';
import { Mirror } from './mirror.ts';
import { Pods } from './pods.ts';
import { mustReadState, runDirectory } from './state.ts';

/** Long enough for an editor to finish its writes, short enough that nobody waits for it. */
const SETTLE_MILLISECONDS = 20;

const [name = ''] = process.argv.slice(2);
const { plan, source } = mustReadState(name);
const directory = runDirectory(name);
const mirror = new Mirror(source, join(directory, 'manifests'));
const pods = new Pods(plan, source);

const report = (error: unknown): void => console.error(`a change of ${source} has to wait: ${String(error)}`);

/** New pods are there before the operator hears of them, as with a kubelet; gone ones after that. */
async function follow(): Promise<void> {
  await renew();
  await pods.add().catch(report);
  mirror.sync(pods.plan);
  await pods.remove();
}

let following: Promise<void> = Promise.resolve();
let timer: NodeJS.Timeout | undefined;
const change = (): void => {
  clearTimeout(timer);
  timer = setTimeout(() => {
    following = following.then(follow).catch(report);
  }, SETTLE_MILLISECONDS);
};

const folders = new FolderWatch(source, change);
async function renew(): Promise<void> {
  const unwatched = await folders.renew();
  if (unwatched !== undefined) report(unwatched);
}

await renew();
pods.serve();
mirror.sync(plan);
writeFileSync(join(directory, 'keeper.ready'), '');
