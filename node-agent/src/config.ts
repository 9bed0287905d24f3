import type { LogFormat, LogLevel } from '@weir/log/log.ts';
import { Command, InvalidArgumentError, Option } from 'commander';

export type AttachMode = 'auto' | 'tcx' | 'clsact';

/** What `weir-agent run` is told; paths are absolute or relative to the working directory. */
export interface AgentConfig {
  readonly node: string;
  /** "host:port" of the operator, or of several, with commas between. */
  readonly operator: string;
  /** Folder with ca.crt, tls.crt and tls.key. */
  readonly tls: string;
  /** Folder on a bpffs, of this agent alone. */
  readonly pins: string;
  /** Folder for the last good bundle and status.json. */
  readonly state: string;
  /** Folder with the compiled programs. */
  readonly objects: string;
  readonly attach: AttachMode;
  /** Seconds for which flows that were open before an interface was attached are adopted. */
  readonly adoptSeconds: number;
  readonly logFormat: LogFormat;
  readonly logLevel: LogLevel;
}

export interface AgentCommands {
  run(config: AgentConfig): Promise<void>;
  remove(pins: string): Promise<void>;
}

/** The command line; every option can be given as WEIR_<NAME> in the environment too. */
export function agentCommand(commands: AgentCommands, version: string, terminal: boolean): Command {
  const program = new Command('weir-agent')
    .description('Keeps the eBPF maps of one node equal to what the operator says.')
    .version(version);
  program
    .command('run')
    .description('connect to the operator and enforce')
    .addOption(new Option('--node <name>', 'name of this node').env('WEIR_NODE').makeOptionMandatory())
    .addOption(
      new Option('--operator <host:port>', 'where the operator listens, or several: "a:1,b:1"')
        .env('WEIR_OPERATOR')
        .makeOptionMandatory(),
    )
    .addOption(
      new Option('--tls <dir>', 'folder with ca.crt, tls.crt, tls.key')
        .env('WEIR_TLS')
        .default('/etc/weir/tls'),
    )
    .addOption(new Option('--pins <dir>', 'folder on a bpffs').env('WEIR_PINS').default('/sys/fs/bpf/weir'))
    .addOption(
      new Option('--state <dir>', 'folder for the last good bundle')
        .env('WEIR_STATE')
        .default('/var/lib/weir/agent'),
    )
    .addOption(
      new Option('--objects <dir>', 'folder with the compiled programs')
        .env('WEIR_OBJECTS')
        .default('build/bpf'),
    )
    .addOption(
      new Option('--attach <mode>', 'how programs are attached')
        .env('WEIR_ATTACH')
        .choices(['auto', 'tcx', 'clsact'])
        .default('auto'),
    )
    .addOption(
      new Option('--adopt-seconds <n>', 'how long flows met in the middle are adopted on a new interface')
        .env('WEIR_ADOPT_SECONDS')
        .default(60)
        .argParser(seconds),
    )
    .addOption(
      new Option('--log-format <format>')
        .env('WEIR_LOG_FORMAT')
        .choices(['json', 'pretty'])
        .default(terminal ? 'pretty' : 'json'),
    )
    .addOption(
      new Option('--log-level <level>')
        .env('WEIR_LOG_LEVEL')
        .choices(['error', 'warn', 'info', 'debug'])
        .default('info'),
    )
    .action((config: AgentConfig) => commands.run(config));
  program
    .command('remove')
    .description('detach all programs of this node and remove every pin; traffic then passes unjudged')
    .addOption(new Option('--pins <dir>', 'folder on a bpffs').env('WEIR_PINS').default('/sys/fs/bpf/weir'))
    .action(({ pins }: { pins: string }) => commands.remove(pins));
  return program;
}

function seconds(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 3600) {
    throw new InvalidArgumentError('a whole number of seconds from 0 to 3600');
  }
  return value;
}
