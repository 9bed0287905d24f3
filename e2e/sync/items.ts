import { createHash } from 'node:crypto';
import { addDigest, type Digest, emptyDigest } from '@weir/proto/digest.ts';
import { encodeItem, type Item, itemKind } from '@weir/proto/item.ts';

/** A key of 16 bytes that belongs to a name. */
export const key = (name: string): Uint8Array => createHash('sha256').update(name).digest().subarray(0, 16);

const number = (name: string): number => createHash('sha256').update(name).digest().readUInt32BE(20) || 1;

export const identity = (name: string): Item =>
  encodeItem({
    kind: itemKind.identity,
    message: { key: key(name), number: number(name), entity: 1, labels: [`k8s:app=${name}`] },
  });

/** 10.x.y.z/32 of an identity; `index` below 2^24. */
export const prefix = (index: number, identityName: string): Item =>
  encodeItem({
    kind: itemKind.prefix,
    message: {
      address: Uint8Array.of(10, index >> 16, (index >> 8) & 255, index & 255),
      length: 32,
      identity: key(identityName),
    },
  });

export const selector = (name: string, text = name): Item =>
  encodeItem({
    kind: itemKind.selector,
    message: { key: key(`selector ${name}`), any: false, world: true, blocks: [], text },
  });

export const membership = (selectorName: string, identityName: string): Item =>
  encodeItem({
    kind: itemKind.membership,
    message: { selector: key(`selector ${selectorName}`), identity: key(identityName) },
  });

/** An ingress table that allows one selector. */
export const table = (name: string, selectorName: string): Item =>
  encodeItem({
    kind: itemKind.table,
    message: {
      key: key(`table ${name}`),
      direction: 1,
      entries: [{ selector: 1, protocol: 6, firstPort: 80, lastPort: 80, outcome: 0, tier: 0 }],
      defaultOutcome: 1,
      outcomes: [
        { cookie: 1, verdict: 1, origins: [{ kind: 'NetworkPolicy', namespace: 'a', name, rule: 'spec' }] },
        { cookie: 2, verdict: 3, origins: [] },
      ],
      selectors: [key(`selector ${selectorName}`)],
    },
  });

/** A service at 10.96.0.1:80. */
export const service = (name: string): Item =>
  encodeItem({
    kind: itemKind.service,
    message: {
      key: `default/${name}`,
      addresses: [Uint8Array.of(10, 96, 0, 1)],
      ports: [{ protocol: 6, port: 80, backends: [{ address: Uint8Array.of(10, 0, 0, 1), port: 8080 }] }],
    },
  });

export const endpoint = (uid: string, identityName: string, tableName?: string): Item =>
  encodeItem({
    kind: itemKind.endpoint,
    message: {
      uid,
      namespace: 'default',
      name: uid,
      addresses: [Uint8Array.of(10, 0, 0, 1)],
      identity: key(identityName),
      ...(tableName === undefined ? {} : { ingressTable: key(`table ${tableName}`) }),
    },
  });

export const digestOf = (items: Iterable<Item>): Digest => {
  let digest = emptyDigest;
  for (const item of items) digest = addDigest(digest, item.digest);
  return digest;
};
