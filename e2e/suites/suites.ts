/** One thing that `make test` runs. */
export interface Suite {
  readonly name: string;
  /** Run by a shell in the repository's root. */
  readonly command: string;
  /** Waits more than it computes, and can run beside others. */
  readonly waits?: true;
}

/** Cheap to dear, so that what is easily wrong is told early. */
export const suites: readonly Suite[] = [
  { name: 'types', command: 'tsc' },
  { name: 'lint', command: 'npm run --silent lint' },
  { name: 'generated code', command: 'npm run --silent check:gen' },
  { name: 'unit', command: 'npm run --silent unit' },
  { name: 'pods by netlink', command: 'npm run --silent test:attach' },
  { name: 'agent and kernel', command: 'npm run --silent test:kernel-agent' },
  { name: 'programs', command: 'npm run --silent test:kernel' },
  { name: 'conformance, evaluator', command: 'npm run --silent conformance -- --engine evaluator' },
  { name: 'conformance, image', command: 'npm run --silent conformance -- --engine image' },
  { name: 'conformance, kernel', command: 'npm run --silent conformance -- --engine kernel' },
  { name: 'control plane, built', command: 'node e2e/cluster/build-binaries.ts' },
  // The longest first, so that the two lanes end together.
  { name: 'faults', command: 'npm run --silent test:faults', waits: true },
  { name: 'status', command: 'npm run --silent test:status', waits: true },
  { name: 'services', command: 'npm run --silent test:services', waits: true },
  { name: 'lab', command: 'npm run --silent test:lab', waits: true },
  { name: 'Weir on a cluster', command: 'npm run --silent test:cluster-weir', waits: true },
  { name: 'cluster', command: 'npm run --silent test:cluster', waits: true },
  { name: 'API server', command: 'npm run --silent test:cluster-source', waits: true },
  { name: 'trust', command: 'npm run --silent test:trust', waits: true },
  { name: 'pages', command: 'npm run --silent test:pages', waits: true },
  { name: 'CRDs and config', command: 'npm run --silent test:crds', waits: true },
];
