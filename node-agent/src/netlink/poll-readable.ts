import koffi from 'koffi';

export interface Poll {
  stop(): void;
}

/** Calls back from the event loop (epoll) whenever the descriptor can be read; does not keep the process alive. */
export function pollReadable(fd: number, onReadable: () => void): Poll {
  const handle = koffi.node.poll(fd, { readable: true }, onReadable);
  handle.unref();
  return { stop: () => handle.close() };
}
