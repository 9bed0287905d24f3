import { type LogFlags, withLogFlags } from '@weir/log/log-flags.ts';
import { Command, InvalidArgumentError, Option } from 'commander';

/** Read anew for each connection. */
export type CredentialFiles =
  /** With ca.crt, tls.crt and tls.key. */
  | { readonly kind: 'certificate'; readonly folder: string }
  /** A projected ServiceAccount token, and the operator's authority. */
  | { readonly kind: 'token'; readonly token: string; readonly ca: string };

export type AttachMode = 'auto' | 'tcx' | 'clsact';

/** What `weir-agent run` is told; paths are absolute or relative to the working directory. */
export interface AgentConfig extends LogFlags {
  readonly node: string;
  /** "host:port" of the operator, or of several, with commas between. */
  readonly operator: string;
  /** How the agent proves which node it is on. */
  readonly credentials: CredentialFiles;
  /** Folder on a bpffs, of this agent alone. */
  readonly pins: string;
  /** Folder for the last good bundle and status.json. */
  readonly state: string;
  /** Folder with the compiled programs. */
  readonly objects: string;
  readonly attach: AttachMode;
  /** Seconds for which flows that were open before an interface was attached are adopted. */
  readonly adoptSeconds: number;
}

/** What `weir-agent remove` is told. */
export interface RemoveOptions {
  readonly pins: string;
  readonly state: string;
}

export interface AgentCommands {
  run(config: AgentConfig): Promise<void>;
  remove(options: RemoveOptions): Promise<void>;
}

/** The command line; every option can be given as WEIR_<NAME> in the environment too. */
export function agentCommand(commands: AgentCommands, version: string, terminal: boolean): Command {
  const program = new Command('weir-agent')
    .description('Keeps the eBPF maps of one node equal to what the operator says.')
    .version(version);
  addRun(program, commands, terminal);
  program
    .command('remove')
    .description('detach all programs of this node and remove all that is kept; traffic then passes unjudged')
    .addOption(pinsOption())
    .addOption(stateOption())
    .action((options: RemoveOptions) => commands.remove(options));
  return program;
}

function addRun(program: Command, commands: AgentCommands, terminal: boolean): void {
  const run = withCredentials(program.command('run'))
    .description('connect to the operator and enforce')
    .addOption(new Option('--node <name>', 'name of this node').env('WEIR_NODE').makeOptionMandatory())
    .addOption(
      new Option('--operator <host:port>', 'where the operator listens, or several: "a:1,b:1"')
        .env('WEIR_OPERATOR')
        .argParser(operators)
        .makeOptionMandatory(),
    )
    .addOption(pinsOption())
    .addOption(stateOption())
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
    );
  withLogFlags(run, terminal).action(({ tls, token, ca, ...config }: RunFlags) => {
    if ((token === undefined) !== (ca === undefined)) return run.error('error: --token and --ca go together');
    const credentials: CredentialFiles =
      token === undefined || ca === undefined
        ? { kind: 'certificate', folder: tls }
        : { kind: 'token', token, ca };
    return commands.run({ ...config, credentials });
  });
}

const withCredentials = (command: Command): Command =>
  command
    .addOption(
      new Option('--tls <dir>', 'folder with ca.crt, tls.crt, tls.key')
        .env('WEIR_TLS')
        .default('/etc/weir/tls'),
    )
    .addOption(
      new Option(
        '--token <file>',
        "token of the agent's pod for the operator, instead of --tls; needs --ca",
      ).env('WEIR_TOKEN'),
    )
    .addOption(new Option('--ca <file>', "the operator's authority, with --token").env('WEIR_CA'));

type RunFlags = Omit<AgentConfig, 'credentials'> & {
  readonly tls: string;
  readonly token?: string;
  readonly ca?: string;
};

const pinsOption = (): Option =>
  new Option('--pins <dir>', 'folder on a bpffs').env('WEIR_PINS').default('/sys/fs/bpf/weir');

const stateOption = (): Option =>
  new Option('--state <dir>', 'folder for the last good bundle')
    .env('WEIR_STATE')
    .default('/var/lib/weir/agent');

/**
 * A pod that is started before kubelet knows the Service is told "$(WEIR_OPERATOR_SERVICE_HOST)" itself. Where the agent
 * ends, its next start is told the address.
 */
function operators(text: string): string {
  if (/^[^\s$,]+:\d+(,[^\s$,]+:\d+)*$/.test(text)) return text;
  throw new InvalidArgumentError('"host:port", or several with commas between');
}

function seconds(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 3600) {
    throw new InvalidArgumentError('a whole number of seconds from 0 to 3600');
  }
  return value;
}
