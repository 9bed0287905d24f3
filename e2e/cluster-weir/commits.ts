import { readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Control } from '@weir/node-agent/src/kernel/control.ts';
import { check } from '@weir/node-agent/src/kernel/kernel-error.ts';
import { libbpf, libc } from '@weir/node-agent/src/kernel/libbpf.ts';
import { digestText } from '@weir/proto/digest.ts';

/** What the kernel of a node enforces. */
export interface Committed {
  readonly commit: number;
  readonly revision: number;
  /** Of the bundle, as the operator's status has it. */
  readonly digest: string;
}

const nothing: Committed = { commit: 0, revision: 0, digest: '' };

/**
 * What a node's kernel enforces, seen without its agent: the word of the pinned map weir_ctl that the programs read
 * with every packet, mapped into this process.
 */
export class Commits {
  readonly #pins: string;
  #open: { readonly set: string; readonly fd: number; readonly control: Control } | undefined;

  constructor(pins: string) {
    this.#pins = pins;
  }

  get now(): Committed {
    const control = this.#control();
    const active = control?.active();
    if (control === undefined || active === undefined) return nothing;
    const header = control.header(active.generation);
    return {
      commit: active.commit,
      revision: header?.revision ?? 0,
      digest: header ? digestText(header.digest) : '',
    };
  }

  close(): void {
    this.#open?.control.close();
    if (this.#open) libc.close(this.#open.fd);
    this.#open = undefined;
  }

  /** Programs that are replaced, because arrays grow, come with another map. */
  #control(): Control | undefined {
    const set = this.#set();
    if (set === this.#open?.set) return this.#open?.control;
    this.close();
    if (set === undefined) return undefined;
    const fd = check('open weir_ctl', libbpf.openPin(join(this.#pins, set, 'maps/weir_ctl')));
    const control = new Control(fd);
    this.#open = { set, fd, control };
    return control;
  }

  #set(): string | undefined {
    try {
      return readlinkSync(join(this.#pins, 'current'));
    } catch {
      return undefined;
    }
  }
}

/** Waits until every node has committed since. Looks each millisecond. @returns milliseconds that each took */
export async function untilCommitted(
  nodes: readonly Commits[],
  since: readonly Committed[],
  began: number,
  timeout = 10_000,
): Promise<readonly number[]> {
  const times: (number | undefined)[] = nodes.map(() => undefined);
  while (times.includes(undefined)) {
    const elapsed = performance.now() - began;
    if (elapsed > timeout) throw new Error(`no commit within ${timeout} ms: ${JSON.stringify(times)}`);
    nodes.forEach((node, index) => {
      if (times[index] === undefined && node.now.commit !== since[index]?.commit) times[index] = elapsed;
    });
    await sleep(1);
  }
  return times.map((time) => time ?? 0);
}
