import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Veth } from './harness.ts';

export interface FloodData {
  /** Two 32-bit numbers: stop, and packets sent. */
  readonly shared: SharedArrayBuffer;
  readonly veth: Omit<Veth, 'remove'>;
  readonly number: number;
  readonly port: number;
}

/** Packets from a pod, sent by another thread until stop(). */
export class Flood {
  readonly #state = new Int32Array(new SharedArrayBuffer(8));
  readonly #exited: Promise<unknown>;

  constructor(veth: Veth, number: number, port: number) {
    const { name, ifindex, peer, mac } = veth;
    const workerData: FloodData = {
      shared: this.#state.buffer,
      veth: { name, ifindex, peer, mac },
      number,
      port,
    };
    const worker = new Worker(new URL('./flood-worker.ts', import.meta.url), { workerData });
    this.#exited = once(worker, 'exit');
  }

  get sent(): number {
    return Atomics.load(this.#state, 1);
  }

  /** May be called again; the number of packets sent. */
  async stop(): Promise<number> {
    Atomics.store(this.#state, 0, 1);
    Atomics.notify(this.#state, 0);
    await this.#exited;
    return this.sent;
  }
}
