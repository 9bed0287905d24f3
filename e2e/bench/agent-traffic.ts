import { closeSync } from 'node:fs';
import { inNamespace } from '../lab/net/namespace.ts';
import { openBound, receive, sendTo } from '../lab/net/socket.ts';
import { datagramPort } from './agent-bundle.ts';
import { type AgentNode, podAddress, worldAddresses } from './agent-node.ts';

const everyMs = 2;
const data = Buffer.from('weir');

/** Datagrams to one socket from two sources, one of which policies allow. */
interface Way {
  readonly receiver: number;
  readonly senders: readonly number[];
  readonly target: string;
}

export interface Judged {
  readonly sent: number;
  /** Allowed ones that did not arrive, and others that did. */
  readonly misjudged: number;
}

/**
 * Datagrams of one pod to the world and of the world to another pod, allowed and not. What is allowed is told from the
 * rest by the address that it is sent to, or comes from.
 */
export class AgentTraffic {
  readonly #out: Record<'allowed' | 'forbidden', Way>;
  readonly #in: Way;
  #timer: NodeJS.Timeout | undefined;
  #sent = 0;
  #allowed = 0;
  #forbidden = 0;

  constructor(node: AgentNode) {
    const sender = inNamespace(node.pod(0), () => openBound('datagram', podAddress(0), 0, 4));
    const outward = (target: string): Way => ({
      receiver: inNamespace(node.world, () => openBound('datagram', target, datagramPort, 4)),
      senders: [sender],
      target,
    });
    this.#out = { allowed: outward(worldAddresses.allowed), forbidden: outward(worldAddresses.forbidden) };
    this.#in = {
      receiver: inNamespace(node.pod(1), () => openBound('datagram', podAddress(1), datagramPort, 4)),
      senders: Object.values(worldAddresses).map((address) =>
        inNamespace(node.world, () => openBound('datagram', address, 0, 4)),
      ),
      target: podAddress(1),
    };
  }

  start(): void {
    this.#timer = setInterval(() => this.#round(), everyMs);
  }

  /** Waits until what is under way has come. */
  async stop(): Promise<Judged> {
    clearInterval(this.#timer);
    await new Promise((resolve) => setTimeout(resolve, 100));
    this.#receive();
    const lost = this.#sent * 2 - this.#allowed;
    return { sent: this.#sent * 4, misjudged: lost + this.#forbidden };
  }

  close(): void {
    clearInterval(this.#timer);
    const ways = [this.#out.allowed, this.#out.forbidden, this.#in];
    for (const fd of new Set(ways.flatMap(({ receiver, senders }) => [receiver, ...senders]))) closeSync(fd);
  }

  #round(): void {
    this.#sent++;
    for (const { senders, target } of [this.#out.allowed, this.#out.forbidden, this.#in])
      for (const sender of senders) sendTo(sender, data, target, datagramPort);
    this.#receive();
  }

  #receive(): void {
    this.#allowed += arrived(this.#out.allowed.receiver).length;
    this.#forbidden += arrived(this.#out.forbidden.receiver).length;
    for (const from of arrived(this.#in.receiver))
      if (from === worldAddresses.allowed) this.#allowed++;
      else this.#forbidden++;
  }
}

/** Where each datagram that waits comes from. */
function arrived(fd: number): readonly string[] {
  const sources: string[] = [];
  for (;;) {
    const datagram = receive(fd);
    if (typeof datagram === 'number') return sources;
    sources.push(datagram.from);
  }
}
