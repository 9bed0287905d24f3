import { Command, Option } from 'commander';
import { clusterWithImages } from '../cluster-weir/cluster-with-images.ts';
import { LabError } from '../lab/errors.ts';
import type { WiringChoice } from '../lab/plan.ts';
import { inNamespaceCommand } from '../lab/process.ts';
import { ClusterLab } from './cluster-lab.ts';
import { ControlPlane } from './control-plane.ts';
import { ClusterError } from './errors.ts';

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

interface UpFlags {
  readonly nodes: string;
  readonly wiring: WiringChoice;
  readonly proxy: boolean;
  readonly weir: boolean;
}

/** Until somebody wants it to end. */
const interrupted = (): Promise<void> =>
  new Promise((resolve) => {
    // Only a timer keeps the process alive: what it started goes on by itself.
    const timer = setInterval(() => undefined, 60_000);
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(name, () => {
        clearInterval(timer);
        resolve();
      });
    }
  });

async function up({ wiring, proxy, weir, ...flags }: UpFlags): Promise<void> {
  const nodes = Array.from({ length: Number(flags.nodes) }, (_, index) => ({ name: `node-${index + 1}` }));
  const ending = interrupted();
  const options = { wiring, nodes, report: say };
  const cluster = await (weir ? clusterWithImages(options) : ClusterLab.up({ ...options, proxy }));
  try {
    const { control, plan } = cluster;
    const kubectl = [control.binaries.kubectl, `--kubeconfig=${control.kubeconfig}`];
    say((await control.mustKubectl('get', 'nodes')).trimEnd());
    say(`alias kubectl='${inNamespaceCommand(plan.control?.namespace ?? '', kubectl).join(' ')}'`);
    if (weir) say('kubectl apply -k config/overlays/dev');
    say(`logs are in ${cluster.directory}; Ctrl-C removes the cluster`);
    await ending;
  } finally {
    await cluster.down();
  }
}

async function control(): Promise<void> {
  const ending = interrupted();
  const plane = await ControlPlane.up({ report: say });
  try {
    say(`alias kubectl='${plane.binaries.kubectl} --kubeconfig=${plane.kubeconfig}'`);
    say(`it serves at ${plane.server}, logs are in ${plane.directory}; Ctrl-C removes it`);
    await ending;
  } finally {
    await plane.down();
  }
}

const program = new Command('weir-cluster').description(
  'A real control plane, with nodes of the lab or without',
);
program
  .command('up')
  .description('control plane and nodes, until Ctrl-C')
  .option('--nodes <number>', 'how many', '2')
  .addOption(new Option('--wiring <kind>', 'of pods').choices(['p2p', 'bridge', 'mixed']).default('p2p'))
  .option('--proxy', 'run kube-proxy on every node', false)
  .option('--weir', "let pods run Weir's images, from the working tree; with kube-proxy", false)
  .action(up);
program
  .command('control')
  .description('control plane alone, on a loopback address, until Ctrl-C')
  .action(control);

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof ClusterError || error instanceof LabError)) throw error;
  process.stderr.write(`${error.message} (${error.code})\n`);
  process.exitCode = 1;
}
