import { OperatorError } from '../errors.ts';
import { field, text } from '../source/kube/object-meta.ts';

export const cleanupName = 'weir-uninstall';
export const cleanupContainer = 'remove';
/** The agents' and the operators' are "agent" and "operator". */
export const componentLabel = 'app.kubernetes.io/component';

const labels = { 'app.kubernetes.io/name': 'weir', [componentLabel]: 'uninstall' };
/** Where an agent keeps what has to go. */
const placeVariables: ReadonlySet<string> = new Set(['WEIR_PINS', 'WEIR_STATE']);
const placeVolumes: ReadonlySet<string> = new Set(['bpf', 'state']);

const notRoot = {
  runAsNonRoot: true,
  runAsUser: 65532,
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  seccompProfile: { type: 'RuntimeDefault' },
  capabilities: { drop: ['ALL'] },
};
/** Opens pins; takes filters and qdiscs off interfaces. */
const mayRemove = {
  runAsUser: 0,
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  seccompProfile: { type: 'RuntimeDefault' },
  capabilities: { drop: ['ALL'], add: ['BPF', 'NET_ADMIN'] },
};

/**
 * The DaemonSet that cleans each node once and then waits, as config/uninstall has it, for the nodes, with the image
 * and at the places of an agents' DaemonSet, however it was changed.
 *
 * Throws an OperatorError `agents-missing` where what it is given runs no agent.
 */
export function cleanupDaemonSet(agents: unknown): unknown {
  const pod = field(field(field(agents, 'spec'), 'template'), 'spec');
  const agent = list(field(pod, 'containers')).find((one) => text(one, 'name') === 'agent');
  if (agent === undefined)
    throw new OperatorError('agents-missing', 'the DaemonSet has no container "agent"');
  const image = { image: text(agent, 'image'), ...kept(agent, ['imagePullPolicy']) };
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: cleanupName, namespace: text(field(agents, 'metadata'), 'namespace'), labels },
    spec: {
      selector: { matchLabels: labels },
      updateStrategy: { rollingUpdate: { maxUnavailable: '100%' } },
      template: {
        metadata: { labels },
        spec: {
          ...kept(pod, ['nodeSelector', 'affinity', 'tolerations', 'priorityClassName', 'imagePullSecrets']),
          automountServiceAccountToken: false,
          hostNetwork: true,
          dnsPolicy: 'Default',
          terminationGracePeriodSeconds: 1,
          initContainers: [
            {
              ...{ name: cleanupContainer, ...image, args: ['remove'] },
              terminationMessagePolicy: 'FallbackToLogsOnError',
              env: named(field(agent, 'env'), placeVariables),
              resources: { requests: { cpu: '10m', memory: '128Mi' }, limits: { memory: '512Mi' } },
              securityContext: mayRemove,
              volumeMounts: named(field(agent, 'volumeMounts'), placeVolumes),
            },
          ],
          containers: [
            {
              ...{ name: 'done', ...image, command: ['sleep', 'infinity'] },
              resources: { requests: { cpu: '1m', memory: '8Mi' }, limits: { memory: '32Mi' } },
              securityContext: notRoot,
            },
          ],
          volumes: named(field(pod, 'volumes'), placeVolumes),
        },
      },
    },
  };
}

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const named = (values: unknown, names: ReadonlySet<string>): readonly unknown[] =>
  list(values).filter((value) => names.has(text(value, 'name')));

/** Those of the fields that an object has. */
const kept = (value: unknown, names: readonly string[]): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    names.map((name) => [name, field(value, name)]).filter(([, found]) => found !== undefined),
  );
