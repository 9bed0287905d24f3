// The lab's own process: it serves the ports of all pods and carries edits of the user's manifests over.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Mirror } from './mirror.ts';
import { mustReadState, runDirectory } from './state.ts';
import { serve, workloadsOf } from './workload.ts';

const [name = ''] = process.argv.slice(2);
const { plan, source } = mustReadState(name);
const directory = runDirectory(name);

serve(workloadsOf(plan));
const mirror = new Mirror(source, join(directory, 'manifests'), plan);
mirror.sync();
mirror.watch((error) => console.error(`cannot carry a change of ${source} over: ${String(error)}`));
writeFileSync(join(directory, 'keeper.ready'), '');
