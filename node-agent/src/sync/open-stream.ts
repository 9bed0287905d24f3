import { setTimeout as sleep } from 'node:timers/promises';
import { Client, type ClientDuplexStream, credentials, Metadata, type ServiceError } from '@grpc/grpc-js';
import { bundleService, leaderKey, maxMessageBytes, type SyncRequest } from '@weir/proto/service.ts';

/** How the operator is known, and how this node is. */
export type ClientTls = CertificateTls | TokenTls;

interface OperatorTls {
  /** The operator's authority, or several, in PEM. */
  readonly ca: Buffer;
  /** Name in the operator's certificate where it is not the host of the target. */
  readonly serverName?: string;
}

/** In PEM: the certificate that names this node. */
export interface CertificateTls extends OperatorTls {
  readonly cert: Buffer;
  readonly key: Buffer;
}

/** The token of the agent's pod, for an operator in a cluster. */
export interface TokenTls extends OperatorTls {
  readonly token: string;
}

export interface OpenStream {
  readonly stream: ClientDuplexStream<SyncRequest, Buffer>;
  /** Ends the stream and its connection at once. */
  readonly close: () => void;
  /** Lets go out what is written, within half a second, and then closes. */
  readonly finish: () => Promise<void>;
}

const channelOptions = {
  'grpc.max_receive_message_length': maxMessageBytes,
  'grpc.max_send_message_length': maxMessageBytes,
  // An operator that is cut off without a FIN is noticed within half a minute.
  'grpc.keepalive_time_ms': 20_000,
  'grpc.keepalive_timeout_ms': 10_000,
  // A connection of its own, whose waits between tries are the agent's, and neither proxy nor TXT records.
  'grpc.use_local_subchannel_pool': 1,
  'grpc.enable_http_proxy': 0,
  'grpc.service_config_disable_resolution': 1,
};

const finishMs = 500;

/** A new connection to the operator with its one stream; errors come as the stream's. */
export function openStream(target: string, tls: ClientTls): OpenStream {
  const { ca, serverName } = tls;
  const secure = 'token' in tls ? credentials.createSsl(ca) : credentials.createSsl(ca, tls.key, tls.cert);
  const client = new Client(target, secure, {
    ...channelOptions,
    ...(serverName === undefined ? {} : { 'grpc.ssl_target_name_override': serverName }),
  });
  const { path, requestSerialize, responseDeserialize } = bundleService.sync;
  const metadata = new Metadata();
  if ('token' in tls) metadata.set('authorization', `Bearer ${tls.token}`);
  const stream = client.makeBidiStreamRequest(path, requestSerialize, responseDeserialize, metadata);
  const close = () => {
    stream.cancel();
    client.close();
  };
  const finish = async () => {
    const over = new Promise((resolve) => stream.once('status', resolve));
    stream.end();
    await Promise.race([over, sleep(finishMs, undefined, { ref: false })]);
    close();
  };
  return { stream, close, finish };
}

/** The address at which the operator that refused says that the leader is, as it came. */
export function leaderOf({ metadata }: ServiceError): string | undefined {
  const [leader] = metadata.get(leaderKey);
  return leader === undefined ? undefined : String(leader);
}
