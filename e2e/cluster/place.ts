import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { endProcesses } from '../lab/process.ts';
import type { ProcessId } from '../lab/state.ts';
import { isAlive, markedProcesses, processId } from '../lab/state.ts';
import { ownLoopback, ownPorts } from '../own-loopback.ts';

/** Where a control plane runs. */
export interface Place {
  /** Network namespace; undefined: the caller's. */
  readonly namespace: string | undefined;
  /** Address of the API server. */
  readonly address: string;
  /** Of etcd. */
  readonly loopback: string;
  readonly apiPort: number;
  readonly etcdPort: number;
  readonly etcdPeerPort: number;
  /** Gets all files: certificates, data, logs. */
  readonly directory: string;
  /** See LabState. */
  readonly marker: string;
  /** Ends what runs there and removes the folder. */
  readonly leave: () => Promise<void>;
}

interface PlaceState {
  readonly marker: string;
  /** The process that the place must not outlive. */
  readonly owner: ProcessId | undefined;
}

/** In memory where the system has such a folder: etcd then costs no writes to a disk. */
const root = existsSync('/dev/shm') ? '/dev/shm/weir-cluster' : '/tmp/weir-cluster';
let count = 0;

/** A place on an address of 127.0.0.0/8 with free ports. What ended processes have left is removed first. */
export async function loopbackPlace(): Promise<Place> {
  await removeOrphans();
  count += 1;
  const directory = join(root, `${process.pid}-${count}`);
  const marker = randomUUID();
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const state: PlaceState = { marker, owner: processId(process.pid) };
  writeFileSync(join(directory, 'place.json'), JSON.stringify(state));
  const [apiPort = 0, etcdPort = 0, etcdPeerPort = 0] = await ownPorts(3);
  const leave = (): Promise<void> => clear(directory, marker);
  return {
    namespace: undefined,
    address: ownLoopback,
    loopback: ownLoopback,
    apiPort,
    etcdPort,
    etcdPeerPort,
    directory,
    marker,
    leave,
  };
}

async function clear(directory: string, marker: string): Promise<void> {
  await endProcesses(markedProcesses(marker));
  rmSync(directory, { recursive: true, force: true });
}

async function removeOrphans(): Promise<void> {
  if (!existsSync(root)) return;
  for (const name of readdirSync(root)) {
    const directory = join(root, name);
    const state = readPlace(directory);
    if (state === undefined || state.owner === undefined || isAlive(state.owner)) continue;
    await clear(directory, state.marker);
  }
}

/** undefined where another process is just making it, or removing it. */
function readPlace(directory: string): PlaceState | undefined {
  try {
    return JSON.parse(readFileSync(join(directory, 'place.json'), 'utf8')) as PlaceState;
  } catch {
    return undefined;
  }
}
