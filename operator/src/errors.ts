/** Every code that an OperatorError can carry, with its meaning; docs/errors.md says what to do. */
export const operatorErrors = {
  'manifests-unreadable': 'The folder of manifests does not exist or cannot be read.',
  'certificate-unusable':
    'A certificate or key in the state folder is unreadable, expired or does not belong to the others.',
  'listen-failed': 'The address for agents cannot be listened on.',
  'agent-refused': 'An agent has shown a certificate or token of another node or of somebody else.',
  'agent-unauthenticated': 'An agent has shown no token, or one that the API server does not accept.',
  'kubeconfig-unusable':
    'The kubeconfig file, or the ServiceAccount of the pod, is missing or names no API server.',
  'api-unreachable': 'The API server does not answer, or not with what was asked for.',
  'api-refused': 'The API server refuses a request.',
  'unknown-endpoint': 'What explain is asked about is neither an address nor a pod of the manifests.',
  'agents-missing': 'There are no agents to uninstall.',
  'agents-several': 'Several DaemonSets of agents cannot be uninstalled by the command.',
  'bundle-outdated': 'A bundle was read after it had changed.',
} as const satisfies Record<string, string>;

export type OperatorErrorCode = keyof typeof operatorErrors;

/** What the operator throws. Codes are stable; messages may change. */
export class OperatorError extends Error {
  readonly code: OperatorErrorCode;

  constructor(code: OperatorErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'OperatorError';
    this.code = code;
  }
}
