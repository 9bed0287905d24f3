import { type AddressInfo, createServer } from 'node:net';

/**
 * An address of 127.0.0.0/8 for what this process starts, by its number. Nobody else's connection or server takes a
 * port of it between the choice of the port and the start of the program that is to have it.
 */
export const ownLoopback = `127.${1 + (process.pid >>> 16)}.${(process.pid >>> 8) & 255}.${process.pid & 255}`;

const given = new Set<number>();

/** Ports of ownLoopback that this process has not chosen before. */
export async function ownPorts(count: number): Promise<readonly number[]> {
  const ports: number[] = [];
  while (ports.length < count) {
    const port = await freePort();
    if (given.has(port)) continue;
    given.add(port);
    ports.push(port);
  }
  return ports;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, ownLoopback, resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
