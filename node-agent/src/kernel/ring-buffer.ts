import { type Poll, pollReadable } from '../netlink/poll-readable.ts';
import { mapInfo } from './bpf-syscall.ts';
import { libc } from './libbpf.ts';
import { MappedMemory } from './mapped-array.ts';

const pageBytes = 4096;
const headerBytes = 8;
const busyBit = 0x8000_0000;
const discardBit = 0x4000_0000;
/** Records that are handled before other work of the event loop has its turn. */
const batch = 256;

/**
 * Reads a BPF_MAP_TYPE_RINGBUF (Documentation/bpf/ringbuf.rst) from the event loop, woken by epoll: the consumer's
 * page, the producer's page and the data, which is mapped twice so that no record is split.
 */
export class RingBuffer {
  readonly #fd: number;
  readonly #consumer: MappedMemory;
  readonly #producer: MappedMemory;
  readonly #consumerPosition: BigUint64Array;
  readonly #producerPosition: BigUint64Array;
  readonly #lengths: Int32Array;
  readonly #data: Buffer;
  readonly #size: number;
  readonly #onRecord: (record: Buffer) => void;
  readonly #poll: Poll;
  #open = true;

  /** Takes the descriptor over. `onRecord` gets memory that is valid during the call only. */
  constructor(fd: number, onRecord: (record: Buffer) => void) {
    this.#fd = fd;
    this.#onRecord = onRecord;
    this.#size = mapInfo(fd).maxEntries;
    this.#consumer = new MappedMemory(fd, { length: pageBytes, offset: 0, writable: true });
    this.#producer = new MappedMemory(fd, {
      length: pageBytes + this.#size * 2,
      offset: pageBytes,
      writable: false,
    });
    this.#consumerPosition = new BigUint64Array(this.#consumer.buffer, 0, 1);
    this.#producerPosition = new BigUint64Array(this.#producer.buffer, 0, 1);
    this.#lengths = new Int32Array(this.#producer.buffer, pageBytes);
    this.#data = Buffer.from(this.#producer.buffer, pageBytes);
    this.#poll = pollReadable(fd, () => this.#read());
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#poll.stop();
    this.#consumer.close();
    this.#producer.close();
    libc.close(this.#fd);
  }

  /** epoll is level-triggered, so what a batch leaves wakes the next one. */
  #read(): void {
    for (let handled = 0; handled < batch && this.#open; handled++) {
      const position = Atomics.load(this.#consumerPosition, 0);
      if (position >= Atomics.load(this.#producerPosition, 0)) return;
      const at = Number(position & BigInt(this.#size - 1));
      const word = Atomics.load(this.#lengths, at / 4) >>> 0;
      if ((word & busyBit) !== 0) return;
      const length = (word & ~(busyBit | discardBit)) >>> 0;
      try {
        if ((word & discardBit) === 0)
          this.#onRecord(this.#data.subarray(at + headerBytes, at + headerBytes + length));
      } finally {
        // The callback may have closed the buffer; its memory is gone then.
        if (this.#open) {
          const next = position + BigInt(Math.ceil((headerBytes + length) / 8) * 8);
          Atomics.store(this.#consumerPosition, 0, next);
        }
      }
    }
  }
}
