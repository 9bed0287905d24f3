import { rmSync } from 'node:fs';
import { createTcxLink, linkInfo, queryTcx, tcxEgress, tcxIngress } from './bpf-syscall.ts';
import { check } from './kernel-error.ts';
import { libbpf, libc } from './libbpf.ts';

export type Direction = 'egress' | 'ingress';
export const directions: readonly Direction[] = ['egress', 'ingress'];

/** The pod's egress is what the host's side of the veth pair receives. */
const attachType = { egress: tcxIngress, ingress: tcxEgress } as const satisfies Record<Direction, number>;

const loopbackIfindex = 1;
const errorNoEntry = 2;

/** Instructions of a program that drops all: `r0 = TC_ACT_SHOT; exit`. */
const dropInstructions = Buffer.from('b7000000020000009500000000000000', 'hex');
const programTypeSchedCls = 3;

/** Asks the kernel, which says EINVAL where TCX (6.6) is missing. */
export function hasTcx(): boolean {
  const answer = queryTcx(loopbackIfindex, tcxIngress);
  return typeof answer !== 'number' || answer === -errorNoEntry;
}

/** Makes and pins a link before all others of the hook. */
export function attachTcx(program: number, ifindex: number, direction: Direction, pin: string): void {
  const fields = { ifindex, direction };
  const link = check(
    'attach by TCX',
    createTcxLink(program, ifindex, attachType[direction]),
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

/** Moves a link to another program, in place: each packet meets one or the other. */
export function moveTcxLink(pin: string, program: number): void {
  withLink(pin, (link) => check('move a link', libbpf.updateLink(link, program, null), 'attach', { pin }));
}

/** Detaches at once and unpins; unpinning alone takes effect only when the kernel gets to it. */
export function removeTcxLink(pin: string): void {
  withLink(pin, (link) => libbpf.detachLink(link));
  rmSync(pin, { force: true });
}

/** True while no other program of the hook comes before ours. */
export function isTcxHead(ifindex: number, direction: Direction, programId: number): boolean {
  const ids = queryTcx(ifindex, attachType[direction]);
  return typeof ids !== 'number' && ids[0] === programId;
}

/**
 * A link at the head for one that another program overtook. The kernel refuses a program twice on one hook, so for
 * a few microseconds a program that drops all holds the place: no packet passes unjudged.
 */
export function retakeTcxHead(program: number, ifindex: number, direction: Direction, pin: string): void {
  const fields = { ifindex, direction };
  const hold = check(
    'load weir_hold',
    libbpf.loadProgram(programTypeSchedCls, 'weir_hold', 'Dual BSD/GPL', dropInstructions, 2, null),
    'attach',
    fields,
  );
  const link = createTcxLink(hold, ifindex, attachType[direction]);
  libc.close(hold);
  check('attach by TCX', link, 'attach', fields);
  try {
    removeTcxLink(pin);
    check('move a link', libbpf.updateLink(link, program, null), 'attach', fields);
    check('pin a link', libbpf.pin(link, pin), 'attach', fields);
  } finally {
    libc.close(link);
  }
}

function withLink<Result>(pin: string, use: (link: number) => Result): Result {
  const link = check('open a link', libbpf.openPin(pin), 'attach', { pin });
  try {
    return use(link);
  } finally {
    libc.close(link);
  }
}
