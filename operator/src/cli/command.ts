import { type LogFlags, withLogFlags } from '@weir/log/log-flags.ts';
import { Command, Option } from 'commander';
import type { Settings } from '../model/settings.ts';
import { type ElectionFlags, electionOf, withElection } from './election-flags.ts';
import type { ExplainOptions } from './explain.ts';
import { parsePort } from './explain-question.ts';
import type { ElectionChoice } from './leadership.ts';
import type { SourceChoice } from './open-source.ts';
import { type FlagSettings, settingsOf, withSettings } from './setting-flags.ts';
import { type SourceFlags, sourceOf, withSource } from './source-flags.ts';
import { type TrustChoice, type TrustFlags, trustOf, withTrust } from './trust-flags.ts';
import { addUninstall, type UninstallOptions } from './uninstall-command.ts';
import { addWait, type WaitOptions } from './wait-command.ts';

/** What `weir-operator serve` is told. */
export interface ServeOptions extends LogFlags {
  readonly source: SourceChoice;
  /** Undefined: this operator is the only one. */
  readonly election: ElectionChoice | undefined;
  readonly trust: TrustChoice;
  /** "host:port"; undefined: not served. */
  readonly healthListen: string | undefined;
  readonly metricsListen: string | undefined;
  /** "host:port" for agents. */
  readonly listen: string;
  /** Names and addresses under which agents reach the operator, besides that of `listen`. */
  readonly name: readonly string[];
  /** Folder for the authority and status.json. */
  readonly state: string;
  readonly settings: Settings;
}

export interface CertificateOptions {
  readonly node: string;
  readonly state: string;
  readonly out: string;
}

export interface OperatorCommands {
  serve(options: ServeOptions): Promise<void>;
  check(paths: readonly string[], settings: Settings): Promise<void>;
  explain(paths: readonly string[], options: ExplainOptions): Promise<void>;
  certificate(options: CertificateOptions): Promise<void>;
  wait(options: WaitOptions): Promise<void>;
  uninstall(options: UninstallOptions): Promise<void>;
}

/** The command line; options that name a place or a format can be given in the environment too. */
export function operatorCommand(commands: OperatorCommands, version: string, terminal: boolean): Command {
  const program = new Command('weir-operator')
    .description('Compiles network policies into one bundle per node and pushes them to the agents.')
    .version(version)
    .showHelpAfterError();
  addServe(program, commands, terminal);
  withSettings(
    program
      .command('check')
      .description('read manifests and say what would be refused; exit status 1 when something would')
      .argument('<path...>', 'manifests or folders of them'),
  ).action((paths: string[], options: FlagSettings) => commands.check(paths, settingsOf(options)));
  addExplain(program, commands);
  program
    .command('certificate')
    .description('issue the certificate of a node: ca.crt, tls.crt and tls.key')
    .requiredOption('--node <name>', 'name of the node')
    .requiredOption('--out <dir>', 'folder to write to')
    .addOption(stateOption())
    .action((options: CertificateOptions) => commands.certificate(options));
  addWait(program, commands.wait);
  addUninstall(program, commands.uninstall);
  return program;
}

function addExplain(program: Command, commands: OperatorCommands): void {
  const command = program
    .command('explain')
    .description(
      'say what the policies in manifests mean for one flow, and why; exit status 1 when it is denied',
    )
    .requiredOption('--from <pod or address>', 'who opens it: namespace/name, or an address')
    .requiredOption('--to <pod or address>', 'to whom')
    .requiredOption('--port <port/protocol>', 'to which port: 80/TCP; of ICMP the type: 8/ICMP', parsePort)
    .option('--json', 'answer in JSON', false)
    .argument('<path...>', 'manifests or folders of them');
  withSettings(command).action((paths: string[], flags: ExplainFlags) => {
    const { from, to, port, json } = flags;
    return commands.explain(paths, { from, to, port, json, settings: settingsOf(flags) });
  });
}

type ExplainFlags = Omit<ExplainOptions, 'settings'> & FlagSettings;

function addServe(program: Command, commands: OperatorCommands, terminal: boolean): void {
  const serve = program
    .command('serve')
    .description('watch an API server or a folder of manifests and serve the agents')
    .addOption(
      new Option('--listen <host:port>', 'where agents connect').env('WEIR_LISTEN').default('127.0.0.1:9443'),
    )
    .option('--health-listen <host:port>', 'where /livez and /readyz are served')
    .option('--metrics-listen <host:port>', 'where /metrics is served')
    .option('--name <name...>', 'further names or addresses for the server certificate', [])
    .addOption(stateOption());
  withSettings(withTrust(withElection(withSource(withLogFlags(serve, terminal))))).action(
    (flags: ServeFlags) => {
      const source = sourceOf(flags);
      if (source === undefined)
        return serve.error('error: one of --source, --kubeconfig and --in-cluster is needed');
      const { listen, name, state, logFormat, logLevel, healthListen, metricsListen } = flags;
      return commands.serve({
        source,
        election: electionOf(flags),
        trust: trustOf(flags),
        settings: settingsOf(flags),
        ...{ listen, name, state, logFormat, logLevel, healthListen, metricsListen },
      });
    },
  );
}

type ServeFlags = Omit<ServeOptions, 'source' | 'election' | 'settings' | 'trust'> &
  SourceFlags &
  TrustFlags &
  ElectionFlags &
  FlagSettings;

const stateOption = (): Option =>
  new Option('--state <dir>', 'folder for the certificate authority and status.json')
    .env('WEIR_STATE')
    .default('/var/lib/weir/operator');
