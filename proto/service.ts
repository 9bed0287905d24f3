import { weir } from './gen/bundle.js';

const v1 = weir.bundle.v1;

/** What an agent says. */
export type SyncRequest = weir.bundle.v1.SyncRequest.$Properties;

const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/**
 * weir.bundle.v1.BundleService as gRPC wants it. Responses stay encoded: the operator sends parts that were
 * encoded before, and an agent answers a malformed one by asking for a snapshot (decodeResponse throws),
 * which a deserializer can't, since its error ends the stream.
 */
export const bundleService = {
  sync: {
    path: '/weir.bundle.v1.BundleService/Sync',
    requestStream: true,
    responseStream: true,
    requestSerialize: (request: SyncRequest): Buffer => asBuffer(v1.SyncRequest.encode(request).finish()),
    requestDeserialize: (bytes: Buffer): SyncRequest => v1.SyncRequest.decode(bytes),
    responseSerialize: (response: Buffer): Buffer => response,
    responseDeserialize: (bytes: Buffer): Buffer => bytes,
  },
} as const;

/** Throws on malformed bytes. */
export const decodeResponse = (bytes: Uint8Array): weir.bundle.v1.SyncResponse =>
  v1.SyncResponse.decode(bytes);

/** Key in the trailers of a refusal: where the operator that leads is reached, "host:port". */
export const leaderKey = 'weir-leader';

/** Neither end takes a greater message, in bytes. */
export const maxMessageBytes = 16 * 1024 * 1024;

/** A uint64 field as a number; decoders may hand it over as a Long. Throws a RangeError from 2^53 on. */
export function safeInteger(value: unknown): number {
  const number = Number(value ?? 0);
  if (!Number.isSafeInteger(number) || number < 0) throw new RangeError(`${value} is out of range`);
  return number;
}
