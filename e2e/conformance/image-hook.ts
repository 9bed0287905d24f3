import { lookup } from '@weir/node-agent/src/image/lookup.ts';
import { protocolNumber } from './case.ts';
import type { Hook, HookPacket, HookVerdict } from './hook.ts';

/** Reads the image as the programs do, in JavaScript. */
export class ImageHook implements Hook {
  load(): void {}

  skips(): undefined {}

  judge({ node, ifindex, direction, peer, foreign, protocol, port }: HookPacket): HookVerdict {
    const found = lookup(node.image, {
      ifindex,
      direction: direction === 'egress' ? 0 : 1,
      address: peer.address,
      protocol: typeof protocol === 'number' ? protocol : protocolNumber[protocol],
      port,
      foreign,
    });
    if (!found) throw new Error(`no interface ${ifindex} in the image of ${node.node}`);
    const { allow, cookie } = found.outcome;
    return { allow, cookie };
  }

  close(): void {}
}
