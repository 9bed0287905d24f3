import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent, type RequestOptions } from 'node:https';
import { KubeConfig } from '@kubernetes/client-node';
import { OperatorError } from '../../errors.ts';

/** Where the API server's address, its authority and our credentials are. */
export type KubeAccess =
  | { readonly kind: 'kubeconfig'; readonly file: string }
  /** The pod's ServiceAccount. */
  | { readonly kind: 'in-cluster' };

/** How to reach the API server; certificates and tokens are read anew, so that rotated ones are used. */
export interface Connection {
  /** "https://10.96.0.1:443", without a slash at the end. */
  readonly server: string;
  /** Namespace of the kubeconfig's context or of the pod. */
  readonly namespace: string;
  /** Headers, certificates and agent for one request. */
  readonly options: () => Promise<RequestOptions>;
  readonly close: () => void;
}

/** Throws an OperatorError `kubeconfig-unusable`. */
export function openConnection(access: KubeAccess): Connection {
  const config = load(access);
  const cluster = config.getCurrentCluster();
  if (!cluster || !URL.canParse(cluster.server)) throw unusable(access);
  // The client's agent keeps the certificates that it was made with and closes each connection; a proxy needs it.
  const agent = cluster.proxyUrl === undefined ? agentFor(cluster.server) : undefined;
  return {
    server: cluster.server.replace(/\/+$/, ''),
    namespace: config.getContextObject(config.getCurrentContext())?.namespace ?? 'default',
    options: async () => {
      const options: RequestOptions = {};
      await config.applyToHTTPSOptions(options);
      return agent === undefined ? options : { ...options, agent };
    },
    close: () => agent?.destroy(),
  };
}

function unusable(access: KubeAccess): OperatorError {
  const problem =
    access.kind === 'kubeconfig'
      ? `${access.file} has no current context with a server`
      : 'this is no pod: KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT say no API server';
  return new OperatorError('kubeconfig-unusable', problem);
}

function load(access: KubeAccess): KubeConfig {
  const config = new KubeConfig();
  try {
    if (access.kind === 'kubeconfig') config.loadFromFile(access.file);
    else config.loadFromCluster();
  } catch (error) {
    const where = access.kind === 'kubeconfig' ? access.file : "the pod's ServiceAccount";
    const why = error instanceof Error ? error.message : String(error);
    throw new OperatorError('kubeconfig-unusable', `${where} can't be read: ${why}`, error);
  }
  return config;
}

/** Every watch holds a connection; the others are used again. */
const agentFor = (server: string): HttpAgent =>
  server.startsWith('http:') ? new HttpAgent({ keepAlive: true }) : new HttpsAgent({ keepAlive: true });
