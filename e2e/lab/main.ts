import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { Command, Option } from 'commander';
import { takeDown } from './down.ts';
import { LabError } from './errors.ts';
import type { Flow } from './flow.ts';
import { Lab } from './lab.ts';
import { defaultOutside } from './plan.ts';
import type { ProbeResult } from './probe.ts';
import { inNamespaceCommand } from './process.ts';
import { describeLab, showLab } from './show.ts';
import { mustReadState } from './state.ts';
import { findPlace, pairUp, parseTarget } from './target.ts';
import type { LabOptions } from './up.ts';
import { labName } from './up.ts';

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

interface UpFlags {
  readonly name: string;
  readonly wiring: 'p2p' | 'bridge' | 'mixed';
  readonly attach: 'auto' | 'tcx' | 'clsact';
  readonly outside: readonly string[];
  readonly weir: boolean;
}

async function up(folder: string, flags: UpFlags): Promise<void> {
  const controller = new AbortController();
  let caught: NodeJS.Signals | undefined;
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      caught = name;
      controller.abort(new LabError('command-failed', 'interrupted; the lab was removed'));
    });
  }
  const options: LabOptions = { ...flags, folder, stay: true, signal: controller.signal, report: say };
  try {
    const lab = await Lab.up(options);
    if (flags.weir) {
      say('waiting until every node enforces');
      await lab.waitEnforced();
    }
    controller.signal.throwIfAborted();
    say(showLab(lab.plan, describeLab(mustReadState(flags.name))));
    say(`lab ${flags.name} is up; logs and states are in ${lab.directory}`);
  } catch (error) {
    if (await takeDown(flags.name)) say('removed the lab again');
    if (caught === undefined) throw error;
    process.exitCode = 128 + constants.signals[caught];
    process.stderr.write('interrupted; nothing is left of the lab\n');
  }
}

async function down({ name }: { readonly name: string }): Promise<void> {
  say((await takeDown(name)) ? `lab ${name} is down` : `no lab named ${name} is up`);
}

function status({ name, json }: { readonly name: string; readonly json?: boolean }): void {
  const description = describeLab(mustReadState(name));
  say(json === true ? JSON.stringify(description, undefined, 2) : showLab(Lab.open(name).plan, description));
  process.exitCode = description.whole ? 0 : 1;
}

function exec(pod: string, command: readonly string[], { name }: { readonly name: string }): Promise<void> {
  const { plan } = mustReadState(name);
  const [program = '', ...rest] = inNamespaceCommand(findPlace(plan, pod).namespace, command);
  return new Promise((resolve, reject) => {
    const child = spawn(program, rest, { stdio: 'inherit' });
    // The child gets the terminal's Ctrl-C itself and decides what its exit code is.
    process.on('SIGINT', () => undefined);
    child.on('error', (error) => reject(new LabError('command-failed', `cannot run ${program}`, error)));
    child.on('close', (code, killed) => {
      process.exitCode = code ?? 128 + constants.signals[killed ?? 'SIGKILL'];
      resolve();
    });
  });
}

interface ProbeFlags {
  readonly name: string;
  readonly timeout: string;
  readonly json?: boolean;
}

async function probe(from: string, to: string, flags: ProbeFlags): Promise<void> {
  const lab = Lab.open(flags.name);
  const { place, protocol, port } = parseTarget(to);
  const timeout = Number(flags.timeout);
  if (!(timeout > 0))
    throw new LabError('target-invalid', '--timeout must be a number of milliseconds over 0');
  const pairs = pairUp(findPlace(lab.plan, from), findPlace(lab.plan, place));
  if (pairs.length === 0) throw new LabError('no-route', `${from} and ${place} share no address family`);
  const flows = pairs.map(({ family }): Flow => ({ from, to: place, protocol, port, family }));
  const results = await lab.probeAll(flows, timeout);
  for (const [index, result] of results.entries()) {
    const { source, target } = pairs[index] ?? { source: '', target: '' };
    const what = { source, target, protocol, port, ...result };
    say(flags.json === true ? JSON.stringify(what) : probeLine(what));
  }
  process.exitCode = results.every(({ verdict }) => verdict === 'allow') ? 0 : 1;
}

function probeLine(
  what: ProbeResult & { source: string; target: string; protocol: string; port: number },
): string {
  const where = what.protocol === 'ICMP' ? 'ICMP echo' : `${what.protocol} port ${what.port}`;
  const who = what.answer === undefined ? '' : `, ${what.answer.name} saw ${what.answer.peer}`;
  const time = what.milliseconds.toFixed(1);
  return `${what.verdict}  ${what.source} → ${what.target} ${where}: ${what.detail}${who} (${time} ms)`;
}

const nameOption = (): Option =>
  new Option('--name <name>', 'which lab, 1 to 16 small letters and digits')
    .default('lab')
    .argParser(labName);

const program = new Command('lab')
  .description(
    'A cluster in network namespaces on this machine, made from a folder of manifests. Needs root.',
  )
  .addHelpText(
    'after',
    `
Places are written NAMESPACE/POD (or POD alone), NODE, world, or one of their addresses.
Exit codes: 0 done (probe: allowed), 1 failed (probe: denied; status: something is missing), 2 wrong use or error.

Examples:
  npm run lab -- up config/samples/shop --wiring mixed
  npm run lab -- probe shop/frontend shop/api:8080
  npm run lab -- probe shop/api 203.0.113.10:443/TCP
  npm run lab -- exec shop/api -- ip addr
  npm run lab -- down`,
  );

program
  .command('up')
  .description(
    'Build the nodes, pods and the outside world of a folder of manifests, and run the operator and the agents. ' +
      'Edits of the folder flow on. A former lab of the name is removed first. Mounts bpffs where it is missing, and leaves it.',
  )
  .argument('[folder]', 'folder of manifests', 'config/samples/shop')
  .addOption(nameOption())
  .addOption(
    new Option('--wiring <wiring>', 'a route for each pod, a bridge in each node, or in turns')
      .choices(['p2p', 'bridge', 'mixed'])
      .default('p2p'),
  )
  .addOption(
    new Option('--attach <how>', 'how the agents attach their programs')
      .choices(['auto', 'tcx', 'clsact'])
      .default('auto'),
  )
  .addOption(
    new Option('--outside <addresses...>', 'addresses of the outside world').default(
      defaultOutside,
      defaultOutside.join(' '),
    ),
  )
  .option('--no-weir', 'network and workloads only, no operator and no agents')
  .action(up);

program
  .command('down')
  .description('Remove the lab: processes, pins and namespaces that it made, and nothing else.')
  .addOption(nameOption())
  .action(down);

program
  .command('status')
  .description('Show nodes, pods, processes and what is enforced.')
  .addOption(nameOption())
  .option('--json', 'as JSON')
  .action(status);

program
  .command('exec')
  .description("Run a command in the network namespace of a place; its exit code is the command's.")
  .argument('<place>', 'pod, node, world or an address')
  .argument('<command...>', 'after --')
  .addOption(nameOption())
  .action(exec);

program
  .command('probe')
  .description(
    'Try a real connection and say whether it is allowed; over IPv4 and IPv6 where both ends have both.',
  )
  .argument('<from>', 'pod, node, world or an address')
  .argument('<to>', 'PLACE:PORT[/TCP|UDP|SCTP]; without a port an ICMP echo; IPv6 addresses in brackets')
  .addOption(nameOption())
  .option('--timeout <ms>', 'milliseconds without an answer that count as denied', '700')
  .option('--json', 'one JSON object a line')
  .action(probe);

for (const command of [program, ...program.commands]) {
  command.exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));
}

try {
  await program.parseAsync();
} catch (error) {
  const text = error instanceof LabError ? `${error.code}: ${error.message}` : String(error);
  process.stderr.write(`lab: ${text}\n`);
  process.exitCode = 2;
}
