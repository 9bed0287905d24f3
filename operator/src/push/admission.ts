import type { PeerCertificate } from 'node:tls';
import { OperatorError } from '../errors.ts';
import { isNode } from './is-node.ts';

/** What an agent shows of itself. */
export interface Proof {
  /** Verified by TLS; undefined where none was asked for. */
  readonly certificate: PeerCertificate | undefined;
  /** Of the call's metadata "authorization: Bearer …". */
  readonly token: string | undefined;
}

/** For whom an agent is taken. */
export interface Admission {
  /** Milliseconds from now for which the proof holds; undefined: as long as the stream. */
  readonly lifetimeMs: number | undefined;
  /** The agent's pod, where it is one. */
  readonly pod: AgentPod | undefined;
}

export interface AgentPod {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
}

/**
 * Whether the proof is that of the node's own agent. Throws an OperatorError `agent-unauthenticated` where it proves
 * nothing, `agent-refused` where it is somebody else's, and others where that can't be found out now.
 */
export type Admit = (proof: Proof, node: string) => Promise<Admission>;

/** By the node's name in the certificate. */
export const admitCertificate: Admit = ({ certificate }, node) =>
  isNode(certificate, node)
    ? Promise.resolve({ lifetimeMs: undefined, pod: undefined })
    : Promise.reject(new OperatorError('agent-refused', `the certificate is not that of node ${node}`));
