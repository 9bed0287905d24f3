import { Server, ServerCredentials, type ServerDuplexStream } from '@grpc/grpc-js';
import { bundleService, type SyncRequest } from '@weir/proto/service.ts';

type Stream = ServerDuplexStream<SyncRequest, Buffer>;

/** An operator that says whatever the test wants. */
export class HostileOperator {
  readonly requests: SyncRequest[] = [];
  stream: Stream | undefined;
  readonly #server = new Server({ 'grpc.max_send_message_length': -1 });
  streams = 0;

  constructor() {
    this.#server.addService(bundleService, {
      sync: (stream: Stream) => {
        this.stream = stream;
        this.streams += 1;
        stream.on('data', (request: SyncRequest) => this.requests.push(request));
        stream.on('error', () => {});
        stream.on('end', () => stream.end());
      },
    });
  }

  listen(tls: { ca: Buffer; cert: Buffer; key: Buffer }): Promise<number> {
    const credentials = ServerCredentials.createSsl(
      tls.ca,
      [{ private_key: tls.key, cert_chain: tls.cert }],
      true,
    );
    return new Promise((resolve, reject) =>
      this.#server.bindAsync('127.0.0.1:0', credentials, (error, port) =>
        error ? reject(error) : resolve(port),
      ),
    );
  }

  close(): void {
    this.#server.forceShutdown();
  }

  send(...messages: Buffer[]): void {
    for (const message of messages) this.stream?.write(message);
  }

  get asked(): string[] {
    return this.requests.flatMap(({ snapshotRequest }) =>
      snapshotRequest ? [snapshotRequest.reason ?? ''] : [],
    );
  }
}
