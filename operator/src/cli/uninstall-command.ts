import type { Command } from 'commander';
import type { KubeAccess } from '../source/kube/connection.ts';
import { type AccessFlags, accessMissing, accessOf, withAccess } from './access-flags.ts';
import { durationOption } from './duration.ts';

/** What `weir-operator uninstall` is told. */
export interface UninstallOptions {
  readonly access: KubeAccess;
  /** Where Weir runs. */
  readonly namespace: string;
  readonly timeoutMs: number;
  /** false: only says what it would do. */
  readonly yes: boolean;
}

interface UninstallFlags extends AccessFlags {
  readonly namespace: string;
  readonly timeout: number;
  readonly yes: boolean;
}

/** Its errors are thrown, as CommanderErrors, so that wrong use has an exit status of its own. */
export function addUninstall(program: Command, act: (options: UninstallOptions) => Promise<void>): void {
  const command = withAccess(program.command('uninstall'))
    .description(
      'end agents and operators, take Weir off every node and say what was removed; exit status 0: all nodes are clean, 1: not in time or not told to, 2: wrong use or no answer',
    )
    .option('-n, --namespace <name>', 'where Weir runs', 'weir-system')
    .addOption(durationOption('--timeout <duration>', 'for all nodes: "90s", "5m"', '5m'))
    .option('--yes', 'do it', false)
    .exitOverride();
  command.action((flags: UninstallFlags) => {
    const access = accessOf(flags);
    if (access === undefined) return command.error(accessMissing);
    const { namespace, timeout, yes } = flags;
    return act({ access, namespace, timeoutMs: timeout, yes });
  });
}
