import type { Image } from '@weir/node-agent/src/image/image.ts';
import { loopback } from '../kernel/test-run.ts';
import type { CasePacket } from './case.ts';
import { craftFrame } from './craft-frame.ts';
import type { Hook, HookPacket, HookVerdict } from './hook.ts';
import { firstIfindex, type NodeImage } from './node-image.ts';
import { NodePrograms } from './node-programs.ts';
import { enterPrivateNetwork } from './private-network.ts';

const interfaces = 64;
/** Source ports, and identifiers of ICMP: each packet of a case begins a flow of its own. */
const firstNumber = 40_000;
const lastNumber = 65_000;
const packetTooBig = 2;

/** Runs crafted packets through the real programs in the kernel. */
export class KernelHook implements Hook {
  /** One set of programs for each node of the largest case so far. */
  readonly #programs: NodePrograms[] = [];
  #nodes: readonly NodeImage[] = [];
  #number = firstNumber;

  /** Throws an Error where the process is not root. */
  constructor() {
    enterPrivateNetwork(firstIfindex, interfaces);
  }

  async load(nodes: readonly NodeImage[]): Promise<void> {
    for (const [at, { image, node, ifindexes }] of nodes.entries()) {
      if (ifindexes.size > interfaces) throw new Error(`more than ${interfaces} endpoints on ${node}`);
      const programs = await this.#programsFor(at, image);
      programs.commit(image);
    }
    this.#nodes = nodes;
    this.#number = firstNumber;
  }

  skips({ protocol, port }: CasePacket): string | undefined {
    return protocol === 'ICMPv6' && port === packetTooBig ? 'Packet Too Big, which always passes' : undefined;
  }

  judge(packet: HookPacket): HookVerdict {
    const programs = this.#programs[this.#nodes.indexOf(packet.node)];
    if (!programs) throw new Error(`no programs for ${packet.node.node}`);
    if (this.#number > lastNumber) throw new Error('more packets than source ports');
    const frame = craftFrame(packet, this.#number++);
    const ingressIfindex = packet.direction === 'ingress' && packet.foreign ? loopback : 0;
    const { verdict, event } = programs.run(packet.direction, frame, {
      ifindex: packet.ifindex,
      ingressIfindex,
    });
    const expected = verdict === 'pass' ? 'policy-allow' : 'policy-deny';
    // An ICMP error passes without an event.
    if (event ? event.reason !== expected : verdict === 'drop') {
      throw new Error(`a packet of the test gets ${verdict} and the event ${event?.reason ?? 'none'}`);
    }
    return { allow: verdict === 'pass', cookie: event?.cookie ?? 0 };
  }

  close(): void {
    for (const programs of this.#programs) programs.close();
  }

  /** Programs are loaded once more where an image is too large for those there are. */
  async #programsFor(at: number, image: Image): Promise<NodePrograms> {
    const present = this.#programs[at];
    if (present?.holds(image)) return present;
    present?.close();
    const loaded = await NodePrograms.load(image);
    this.#programs[at] = loaded;
    return loaded;
  }
}
