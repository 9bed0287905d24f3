import type { weir } from '@weir/proto/bundle.js';
import { encodeItem, type Item, itemKind } from '@weir/proto/item.ts';

const odd = (message: weir.bundle.v1.Service.$Properties): Item =>
  encodeItem({ kind: itemKind.service, message: { key: 'a/odd', ...message } });

const address = Uint8Array.of(10, 0, 0, 1);

/** Services that no operator sends, each with what an agent says about it. */
export const badServices: Readonly<Record<string, readonly [RegExp, Item]>> = {
  'a service without a name': [/wrong length/, odd({ key: '' })],
  'a service at an address of 5 bytes': [/neither family/, odd({ addresses: [new Uint8Array(5)] })],
  'a service of protocol 0': [/protocol 0/, odd({ ports: [{ port: 80 }] })],
  'a service at port 0': [/port 0/, odd({ ports: [{ protocol: 6 }] })],
  'a node port of 70000': [/node port 70000/, odd({ ports: [{ protocol: 6, port: 80, nodePort: 70_000 }] })],
  'a backend without an address': [
    /neither family/,
    odd({ ports: [{ protocol: 6, port: 80, backends: [{ port: 80 }] }] }),
  ],
  'a backend at port 70000': [
    /port 70000/,
    odd({ ports: [{ protocol: 6, port: 80, backends: [{ address, port: 70_000 }] }] }),
  ],
};
