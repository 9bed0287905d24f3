import { join } from 'node:path';
import { mapInfo } from './bpf-syscall.ts';
import { type DatapathEvent, decodeEvent, eventBytes } from './event.ts';
import { check } from './kernel-error.ts';
import { libbpf } from './libbpf.ts';
import type { ProgramSet } from './program-set.ts';
import { RingBuffer } from './ring-buffer.ts';

/** Reads the events of whichever set enforces; sets that grew share one ring buffer, so nothing is lost then. */
export class EventReader {
  #onEvent: ((event: DatapathEvent) => void) | undefined;
  #ring: { readonly buffer: RingBuffer; readonly mapId: number } | undefined;

  /** Calls back from the event loop; a later call replaces the callback. */
  listen(set: ProgramSet, onEvent: (event: DatapathEvent) => void): void {
    this.#onEvent = onEvent;
    this.follow(set);
  }

  /** Reads a set's ring buffer from now on, where somebody listens. */
  follow(set: ProgramSet): void {
    if (this.#onEvent === undefined) return;
    const mapId = mapInfo(set.map('weir_events')).id;
    if (this.#ring?.mapId === mapId) return;
    this.#ring?.buffer.close();
    const fd = check('open weir_events', libbpf.openPin(join(set.path, 'maps', 'weir_events')));
    const buffer = new RingBuffer(fd, (record) => {
      if (record.length >= eventBytes) this.#onEvent?.(decodeEvent(record));
    });
    this.#ring = { buffer, mapId };
  }

  close(): void {
    this.#onEvent = undefined;
    this.#ring?.buffer.close();
    this.#ring = undefined;
  }
}
