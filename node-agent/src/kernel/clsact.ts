import { check } from './kernel-error.ts';
import { libbpf } from './libbpf.ts';
import { hasFilters } from './tc-filters.ts';
import type { Direction } from './tcx.ts';

/** Where our filters sit; low numbers come first. Handle and priority are how they are found again. */
const priority = 1;
const handle = 0x77656972;

const attachPoint = { egress: 1, ingress: 2 } as const satisfies Record<Direction, number>;
/** BPF_TC_INGRESS | BPF_TC_EGRESS: the qdisc itself. */
const bothPoints = 3;
const flagReplace = 1;
const errorExists = 17;

/** struct bpf_tc_hook. The pod's egress is the host interface's ingress. */
function hookOf(ifindex: number, direction: Direction): Buffer {
  const hook = Buffer.alloc(24);
  hook.writeBigUInt64LE(BigInt(hook.length), 0);
  hook.writeInt32LE(ifindex, 8);
  hook.writeUInt32LE(attachPoint[direction], 12);
  return hook;
}

/** struct bpf_tc_opts. */
function optionsOf(content: { program?: number; flags?: number }): Buffer {
  const options = Buffer.alloc(32);
  options.writeBigUInt64LE(BigInt(options.length), 0);
  options.writeInt32LE(content.program ?? 0, 8);
  options.writeUInt32LE(content.flags ?? 0, 12);
  options.writeUInt32LE(handle, 20);
  options.writeUInt32LE(priority, 24);
  return options;
}

/**
 * Puts the program on the interface, or in the place of the one that our filter has. An existing clsact qdisc is
 * used as it is. Tells whether the qdisc had to be made. Throws AgentError `attach`.
 */
export function attachClsact(program: number, ifindex: number, direction: Direction): boolean {
  const fields = { ifindex, direction };
  const made = libbpf.tcHookCreate(hookOf(ifindex, direction));
  if (made !== -errorExists) check('make a clsact qdisc', made, 'attach', fields);
  check(
    'attach a filter',
    libbpf.tcAttach(hookOf(ifindex, direction), optionsOf({ program, flags: flagReplace })),
    'attach',
    fields,
  );
  return made !== -errorExists;
}

/** Takes away a clsact qdisc on which nothing hangs. Tells whether it did. */
export function removeEmptyClsact(ifindex: number): boolean {
  const hook = hookOf(ifindex, 'egress');
  hook.writeUInt32LE(bothPoints, 12);
  return !hasFilters(ifindex) && libbpf.tcHookDestroy(hook) === 0;
}

/** Id of the program in our filter; undefined where there is no filter of ours, no qdisc or no interface. */
export function clsactProgram(ifindex: number, direction: Direction): number | undefined {
  const options = optionsOf({});
  if (libbpf.tcQuery(hookOf(ifindex, direction), options) < 0) return undefined;
  return options.readUInt32LE(16);
}

/** Takes our filter away where it is; the qdisc stays. */
export function detachClsact(ifindex: number, direction: Direction): void {
  libbpf.tcDetach(hookOf(ifindex, direction), optionsOf({}));
}
