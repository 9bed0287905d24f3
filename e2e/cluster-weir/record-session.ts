// Writes docs/session.md: commands on a real API server and what they said.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClusterLab } from '../cluster/cluster-lab.ts';
import { deployment } from '../cluster/deployment.ts';
import { repository } from '../lab/process.ts';
import { clusterWithImages } from './cluster-with-images.ts';

/** Lines are wrapped nowhere; what is longer tells nothing more. */
const mostLines = 80;

const policy = (more = ''): string => `apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: web, namespace: default }
spec:
  endpointSelector: { matchLabels: { app: web } }
  ingress:
    - fromEndpoints: [{ matchLabels: { app: client } }]
      toPorts: [{ ports: [{ port: "8080", protocol: TCP }] }]
${more}`;

/** Not supported by Weir. */
const names = '  egress: [{ toFQDNs: [{ matchName: weir.dev }] }]\n';

/** A text, or a command with what goes to its standard input. */
type Step =
  | string
  | {
      readonly run: string;
      readonly input?: string;
      /** Only the last line that has this in it. */
      readonly grep?: string;
      /** It is not run before the API server would take it: admission policies that were deleted live on for a moment. */
      readonly accepted?: boolean;
    };

const steps = (web: string): readonly Step[] => [
  'Two nodes, and three Deployments: `web`, which answers on port 8080, `client` and `other`. Weir comes on top.',
  { run: 'apply -k config/overlays/dev' },
  { run: '-n weir-system rollout status deployment/weir-operator daemonset/weir-agent' },
  'Every node gets a PolicyBundle. It says which revision of its policies the node enforces.',
  { run: 'wait --for=create policybundles --all --timeout=60s' },
  { run: 'wait --for=condition=Ready policybundles --all --timeout=60s' },
  { run: 'get policybundles' },
  '## A policy',
  'Without one everybody reaches `web`. `agnhost connect` says nothing where it gets through.',
  { run: `exec deploy/other -- /agnhost connect ${web}:8080 --timeout=1s` },
  { run: 'apply -f -', input: policy() },
  { run: 'wait --for=condition=Enforced ciliumnetworkpolicy/web --timeout=60s' },
  'The wait ends when every node with a selected pod has confirmed it. From then on:',
  { run: `exec deploy/client -- /agnhost connect ${web}:8080 --timeout=1s` },
  { run: `exec deploy/other -- /agnhost connect ${web}:8080 --timeout=1s` },
  "The agent of the pod's node says who was denied, and by which rule:",
  {
    run: '-n weir-system logs -l app.kubernetes.io/component=agent --tail=-1',
    grep: '"flow denied"',
  },
  { run: 'get ciliumnetworkpolicies' },
  { run: 'describe ciliumnetworkpolicy web' },
  '## A policy that is refused',
  'What Weir does not support is refused when it is applied, with the name of the field. What was accepted last stays in force.',
  { run: 'apply -f -', input: policy(names) },
  { run: `exec deploy/client -- /agnhost connect ${web}:8080 --timeout=1s` },
  'Without the admission policies the operator refuses it: the policy is there, `Valid` is `False`, and the version before is enforced.',
  { run: 'delete validatingadmissionpolicybindings -l app.kubernetes.io/name=weir' },
  { run: 'apply -f -', input: policy(names), accepted: true },
  { run: 'wait --for=condition=Valid=false ciliumnetworkpolicy/web --timeout=60s' },
  { run: 'describe ciliumnetworkpolicy web' },
  { run: `exec deploy/client -- /agnhost connect ${web}:8080 --timeout=1s` },
  { run: `exec deploy/other -- /agnhost connect ${web}:8080 --timeout=1s` },
  '## Away with it',
  { run: 'delete ciliumnetworkpolicy web' },
  { run: `exec deploy/other -- /agnhost connect ${web}:8080 --timeout=1s` },
  { run: 'get policybundles -o wide' },
];

async function record(
  on: ClusterLab,
  { run, input, grep, accepted }: Exclude<Step, string>,
): Promise<string> {
  const { control } = on;
  // kubectl takes the kustomization from the repository; readers are told the path within it.
  const args = run.split(' ').map((word) => (word.startsWith('config/') ? join(repository, word) : word));
  if (accepted)
    await on.until('acceptance', async () => {
      const dry = await control.kubectlAs(control.kubeconfig, [...args, '--dry-run=server'], input);
      return dry.code === 0;
    });
  const { stdout, stderr } = await control.kubectlAs(control.kubeconfig, args, input);
  const lines = `${stdout}${stderr}`.split('\n').map((line) => line.trimEnd());
  const said =
    grep === undefined ? lines.filter(Boolean) : lines.filter((line) => line.includes(grep)).slice(-1);
  const filter = grep === undefined ? '' : ` | grep '${grep}' | tail -n 1`;
  const typed =
    input === undefined ? [`$ kubectl ${run}${filter}`] : [`$ kubectl ${run} <<END`, input.trimEnd(), 'END'];
  return ['```console', ...typed, ...said.slice(0, mostLines), '```'].join('\n');
}

const cluster = await clusterWithImages({ report: console.error });
try {
  await cluster.control.apply(
    [deployment('web', 2), deployment('client', 1), deployment('other', 1)].join('---\n'),
  );
  const [web] = await cluster.waitReady('default', 'app=web', 2);
  for (const app of ['client', 'other']) await cluster.waitReady('default', `app=${app}`);
  const parts = [
    '# A session',
    '`npm run docs:session` has recorded this on a real API server of Kubernetes 1.37.2; the outputs are as they came.',
  ];
  for (const step of steps(web?.addresses[0] ?? '')) {
    if (typeof step === 'string') {
      parts.push(step);
      continue;
    }
    console.error(`$ kubectl ${step.run}`);
    parts.push(await record(cluster, step));
  }
  writeFileSync(join(repository, 'docs/session.md'), `${parts.join('\n\n')}\n`);
} finally {
  await cluster.down();
}
