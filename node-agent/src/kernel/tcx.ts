import { rmSync } from 'node:fs';
import { linkInfo, queryTcx, tcxEgress, tcxIngress } from './bpf-syscall.ts';
import { check } from './kernel-error.ts';
import { libbpf, libc, offLoop } from './libbpf.ts';

export type Direction = 'egress' | 'ingress';
export const directions: readonly Direction[] = ['egress', 'ingress'];

/** The pod's egress is what the host's side of the veth pair receives. */
const attachType = { egress: tcxIngress, ingress: tcxEgress } as const satisfies Record<Direction, number>;

const loopbackIfindex = 1;
const errorNoEntry = 2;
/** The interface of a link is gone. */
const errorNoLink = 67;
const flagBefore = 8;

const actionUnspecified = -1;
const actionShot = 2;
const programTypeSchedCls = 3;

/** Asks the kernel, which says EINVAL where TCX (6.6) is missing. */
export function hasTcx(): boolean {
  const answer = queryTcx(loopbackIfindex, tcxIngress);
  return typeof answer !== 'number' || answer === -errorNoEntry;
}

/**
 * A link before all others of a hook (BPF_F_BEFORE without a relative): its descriptor, or -errno. The kernel waits for
 * a grace period meanwhile, so this runs off the event loop.
 */
export function createTcxLink(program: number, ifindex: number, hook: number): Promise<number> {
  // struct bpf_link_create_opts of libbpf 1.1: it does not know TCX but hands the flags on.
  const options = Buffer.alloc(16);
  options.writeBigUInt64LE(BigInt(options.length), 0);
  options.writeUInt32LE(flagBefore, 8);
  return offLoop(libbpf.createLink, program, ifindex, hook, options);
}

/** Makes and pins a link before all others of the hook. */
export async function attachTcx(
  program: number,
  ifindex: number,
  direction: Direction,
  pin: string,
): Promise<void> {
  const fields = { ifindex, direction };
  const link = check(
    'attach by TCX',
    await createTcxLink(program, ifindex, attachType[direction]),
    'attach',
    fields,
  );
  try {
    check('pin a link', libbpf.pin(link, pin), 'attach', fields);
  } finally {
    libc.close(link);
  }
}

export interface TcxLink {
  readonly programId: number;
  /** 0 once the interface is gone. */
  readonly ifindex: number;
}

export const readTcxLink = (pin: string): TcxLink => withLink(pin, (link) => linkInfo(link));

/** Moves a link to another program, in place: each packet meets one or the other. Leaves a link that hangs in the air. */
export function moveTcxLink(pin: string, program: number): void {
  const result = withLink(pin, (link) => libbpf.updateLink(link, program, null));
  if (result !== -errorNoLink) check('move a link', result, 'attach', { pin });
}

/** Detaches and unpins; unpinning alone takes effect only when the kernel gets to it. */
export async function removeTcxLink(pin: string): Promise<void> {
  const link = check('open a link', libbpf.openPin(pin), 'attach', { pin });
  try {
    await offLoop(libbpf.detachLink, link);
    rmSync(pin, { force: true });
  } finally {
    libc.close(link);
  }
}

/** True while no other program of the hook comes before ours. */
export function isTcxHead(ifindex: number, direction: Direction, programId: number): boolean {
  const ids = queryTcx(ifindex, attachType[direction]);
  return typeof ids !== 'number' && ids[0] === programId;
}

/**
 * A link at the head for one that another program overtook. The kernel refuses a program twice on one hook, so the new
 * link first holds one that lets all go on, then the former one drops for the few microseconds in which the two change
 * places: no packet passes unjudged.
 */
export async function retakeTcxHead(
  program: number,
  ifindex: number,
  direction: Direction,
  pin: string,
): Promise<void> {
  const fields = { ifindex, direction };
  const opened: number[] = [];
  const keep = (fd: number): number => {
    opened.push(fd);
    return fd;
  };
  try {
    const pass = keep(loadTiny('weir_pass', actionUnspecified));
    const drop = keep(loadTiny('weir_drop', actionShot));
    const created = await createTcxLink(pass, ifindex, attachType[direction]);
    const link = keep(check('attach by TCX', created, 'attach', fields));
    moveTcxLink(pin, drop);
    const moved = libbpf.updateLink(link, program, null);
    if (moved < 0) moveTcxLink(pin, program);
    check('move a link', moved, 'attach', fields);
    await removeTcxLink(pin);
    check('pin a link', libbpf.pin(link, pin), 'attach', fields);
  } finally {
    for (const fd of opened) libc.close(fd);
  }
}

/** `r0 = action; exit` */
function loadTiny(name: string, action: number): number {
  const instructions = Buffer.from('b7000000000000009500000000000000', 'hex');
  instructions.writeInt32LE(action, 4);
  const license = 'Dual BSD/GPL';
  return check(name, libbpf.loadProgram(programTypeSchedCls, name, license, instructions, 2, null), 'attach');
}

function withLink<Result>(pin: string, use: (link: number) => Result): Result {
  const link = check('open a link', libbpf.openPin(pin), 'attach', { pin });
  try {
    return use(link);
  } finally {
    libc.close(link);
  }
}
