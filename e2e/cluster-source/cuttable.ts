import { readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A way to an API server that can be cut. */
export class Cuttable {
  readonly #sockets = new Set<Socket>();
  readonly #target: URL;
  readonly #server = createServer((socket) => this.#carry(socket));
  /** While it is, nothing gets through, but connections stay: as when a cable is pulled. */
  silent = false;

  /** @param target "https://127.0.0.1:6443" */
  constructor(target: string) {
    this.#target = new URL(target);
  }

  /** @returns path of a kubeconfig like the given one, by this way */
  async open(kubeconfig: string): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const { port } = this.#server.address() as AddressInfo;
    const path = `${kubeconfig}.cuttable-${port}`;
    const text = readFileSync(kubeconfig, 'utf8').replaceAll(
      this.#target.origin,
      `https://127.0.0.1:${port}`,
    );
    writeFileSync(path, text, { mode: 0o600 });
    return path;
  }

  /** Resets every connection. */
  cut(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  get connections(): number {
    return this.#sockets.size / 2;
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #carry(near: Socket): void {
    const far = connect(Number(this.#target.port), this.#target.hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(from);
      from.on('data', (bytes) => {
        if (!this.silent) to.write(bytes);
      });
      from.on('end', () => to.end());
      from.on('error', () => to.destroy());
      from.on('close', () => {
        this.#sockets.delete(from);
        to.destroy();
      });
    }
  }
}
