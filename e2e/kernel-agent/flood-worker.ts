import { workerData } from 'node:worker_threads';
import type { FloodData } from './flood.ts';
import { FrameSender } from './frame-sender.ts';

const { shared, veth, number, port } = workerData as FloodData;
const state = new Int32Array(shared);
const sender = new FrameSender(veth, number, port);
// Slow enough that no queue on the way overflows: 10 packets a millisecond.
while (Atomics.load(state, 0) === 0) {
  sender.send(10);
  Atomics.add(state, 1, 10);
  Atomics.wait(state, 0, 0, 1);
}
sender.close();
