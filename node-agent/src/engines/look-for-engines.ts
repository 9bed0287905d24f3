import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { listLinkNames } from '../attach/list-interfaces.ts';
import { lookAtInterfaces } from '../attach/look-at-interfaces.ts';
import { programsOf } from '../kernel/hook-programs.ts';
import { listChains } from './list-chains.ts';
import { type Engine, nameEngines, type Sightings } from './name-engines.ts';

/** Where engines pin, below the BPF file system. */
const pinFolders = ['tc/globals', 'cilium', 'globals/aws/programs', 'globals/aws/maps'];
/** Engines are on all pods or on none. */
const mostPods = 16;
/** In each folder. */
const mostPins = 1_000;

/** The other policy engines of this node. Takes some milliseconds. */
export const lookForEngines = (bpffs: string): readonly Engine[] => nameEngines(look(bpffs));

function look(bpffs: string): Sightings {
  const pods = orNone(() => lookAtInterfaces().pods);
  return {
    interfaces: orNone(listLinkNames),
    chains: orNone(listChains),
    programs: pods.slice(0, mostPods).flatMap(({ ifindex }) => orNone(() => programsOf(ifindex))),
    pins: pinFolders.flatMap((folder) =>
      orNone(() => readdirSync(join(bpffs, folder)))
        .slice(0, mostPins)
        .map((name) => `${folder}/${name}`),
    ),
  };
}

/** A node without nftables, or a folder that is not there, tells of no engine. */
function orNone<Item>(list: () => readonly Item[]): readonly Item[] {
  try {
    return list();
  } catch {
    return [];
  }
}
