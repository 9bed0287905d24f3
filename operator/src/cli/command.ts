import type { LogFormat, LogLevel } from '@weir/log/log.ts';
import { Command, Option } from 'commander';
import type { Settings } from '../model/settings.ts';

export interface LogOptions {
  readonly logFormat: LogFormat;
  readonly logLevel: LogLevel;
}

/** What `weir-operator serve` is told. */
export interface ServeOptions extends LogOptions {
  /** Folder of manifests, watched. */
  readonly source: string;
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
  certificate(options: CertificateOptions): Promise<void>;
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
  program
    .command('certificate')
    .description('issue the certificate of a node: ca.crt, tls.crt and tls.key')
    .requiredOption('--node <name>', 'name of the node')
    .requiredOption('--out <dir>', 'folder to write to')
    .addOption(stateOption())
    .action((options: CertificateOptions) => commands.certificate(options));
  return program;
}

function addServe(program: Command, commands: OperatorCommands, terminal: boolean): void {
  const serve = program
    .command('serve')
    .description('watch a folder of manifests and serve the agents')
    .requiredOption('--source <dir>', 'folder of manifests')
    .addOption(
      new Option('--listen <host:port>', 'where agents connect').env('WEIR_LISTEN').default('127.0.0.1:9443'),
    )
    .option('--name <name...>', 'further names or addresses for the server certificate', [])
    .addOption(stateOption())
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
    );
  withSettings(serve).action((options: Omit<ServeOptions, 'settings'> & FlagSettings) =>
    commands.serve({ ...options, settings: settingsOf(options) }),
  );
}

const stateOption = (): Option =>
  new Option('--state <dir>', 'folder for the certificate authority and status.json')
    .env('WEIR_STATE')
    .default('/var/lib/weir/operator');

interface FlagSettings {
  readonly enablePolicy: Settings['enablePolicy'];
  readonly allowLocalhost: Settings['allowLocalhost'];
  readonly clusterName: string;
  readonly policyDefaultLocalCluster: 'true' | 'false';
  readonly networkPolicyIpBlock: Settings['networkPolicyIpBlock'];
  /** Undefined: neither. */
  readonly policyCidrMatchMode?: readonly ('nodes' | 'pods')[];
  readonly enableNodeSelectorLabels: 'true' | 'false';
  readonly enableExtendedIpProtocols: 'true' | 'false';
}

function withSettings(command: Command): Command {
  return command
    .addOption(
      new Option('--enable-policy <mode>', 'whether pods that no policy selects are open')
        .choices(['default', 'always', 'never'])
        .default('default'),
    )
    .addOption(
      new Option('--allow-localhost <mode>', 'whether a node reaches its own isolated pods')
        .choices(['auto', 'always', 'policy'])
        .default('auto'),
    )
    .option('--cluster-name <name>', 'name of this cluster in a mesh', 'default')
    .addOption(
      new Option(
        '--policy-default-local-cluster <bool>',
        'whether selectors without a cluster mean this one only',
      )
        .choices(['true', 'false'])
        .default('true'),
    )
    .addOption(
      new Option(
        '--network-policy-ip-block <scope>',
        'whether ipBlock matches pods and nodes too (all) or not (external)',
      )
        .choices(['all', 'external'])
        .default('all'),
    )
    .addOption(
      new Option(
        '--policy-cidr-match-mode <who...>',
        "what CIDR rules match besides the world's addresses (default: nothing)",
      ).choices(['nodes', 'pods']),
    )
    .addOption(
      new Option('--enable-node-selector-labels <bool>', 'whether fromNodes and toNodes are valid')
        .choices(['true', 'false'])
        .default('false'),
    )
    .addOption(
      new Option(
        '--enable-extended-ip-protocols <bool>',
        'whether toPorts may name protocols without ports (VRRP, IGMP, GRE, IPIP, IPV6, ESP, AH)',
      )
        .choices(['true', 'false'])
        .default('false'),
    );
}

const settingsOf = (flags: FlagSettings): Settings => ({
  enablePolicy: flags.enablePolicy,
  allowLocalhost: flags.allowLocalhost,
  clusterName: flags.clusterName,
  policyDefaultLocalCluster: flags.policyDefaultLocalCluster === 'true',
  networkPolicyIpBlock: flags.networkPolicyIpBlock,
  policyCidrMatchMode: {
    pods: flags.policyCidrMatchMode?.includes('pods') ?? false,
    nodes: flags.policyCidrMatchMode?.includes('nodes') ?? false,
  },
  enableNodeSelectorLabels: flags.enableNodeSelectorLabels === 'true',
  enableExtendedIpProtocols: flags.enableExtendedIpProtocols === 'true',
});
