import { weir } from '@weir/proto/bundle.js';
import { AgentError } from '../errors.ts';

type Table = InstanceType<typeof weir.bundle.v1.Table>;

const { Direction } = weir.bundle.v1;

/** Throws an AgentError `sync-violation` where an endpoint's tables are not of the direction that it uses them for. */
export function checkDirections(
  endpoint: InstanceType<typeof weir.bundle.v1.Endpoint>,
  tables: (key: string) => Table | undefined,
): void {
  const { uid, ingressTable, egressTable } = endpoint;
  const uses = [
    { key: ingressTable, direction: Direction.DIRECTION_INGRESS },
    { key: egressTable, direction: Direction.DIRECTION_EGRESS },
  ];
  for (const { key, direction } of uses) {
    if (key.length === 0) continue;
    const table = tables(Buffer.from(key).toString('latin1'));
    if (table?.direction !== direction) {
      throw new AgentError(
        'sync-violation',
        `endpoint ${uid}: a table is not of the direction it is used for`,
      );
    }
  }
}
