import { type Command, Option } from 'commander';
import type { ElectionChoice } from './leadership.ts';

export interface ElectionFlags {
  readonly listen: string;
  readonly leaderElection?: true;
  readonly leaseNamespace?: string;
  readonly leaseName: string;
  readonly advertise?: string;
}

/** Whether several operators elect one that serves. */
export const withElection = (command: Command): Command =>
  command
    .addOption(
      new Option(
        '--leader-election',
        'elect one of several operators; the others stay ready to take over',
      ).conflicts('source'),
    )
    .option('--lease-namespace <name>', "namespace of the Lease (default: the context's or the pod's)")
    .option('--lease-name <name>', 'name of the Lease', 'weir-operator')
    .addOption(
      new Option(
        '--advertise <host:port>',
        'where agents reach this operator when it leads (default: as --listen)',
      ).env('WEIR_ADVERTISE'),
    );

export const electionOf = (flags: ElectionFlags): ElectionChoice | undefined =>
  flags.leaderElection && {
    namespace: flags.leaseNamespace,
    name: flags.leaseName,
    address: flags.advertise ?? flags.listen,
  };
