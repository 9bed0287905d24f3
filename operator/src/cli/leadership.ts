import type { Log } from '@weir/log/log.ts';
import type { LeaderElection } from '../controller/leader-election.ts';
import { OperatorError } from '../errors.ts';
import type { Elsewhere } from '../push/push-server.ts';
import type { ApiClient } from '../source/kube/api-client.ts';

/** Where the candidates meet. */
export interface ElectionChoice {
  /** Of the Lease; undefined: that of the kubeconfig's context, or of the pod. */
  readonly namespace: string | undefined;
  readonly name: string;
  /** Where agents reach this operator: "host:port". */
  readonly address: string;
}

export interface LeadershipParts {
  /** Undefined: this operator is the only one. */
  readonly choice: ElectionChoice | undefined;
  readonly client: ApiClient | undefined;
  readonly identity: string;
  /** Milliseconds, monotonic. */
  readonly monotonic: () => number;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly random: () => number;
  readonly log: Log;
  /** Why this operator could not serve agents if it led; undefined: it could. */
  readonly unfit: () => string | undefined;
  readonly onElected: () => void;
  /** Agents are to leave. */
  readonly onLost: (elsewhere: Elsewhere) => void;
}

/** Whether this operator serves agents. */
export interface Leadership {
  /** Stands for election; where it does already, it looks at once whether it can lead. */
  start(): void;
  /** Lets another lead at once. */
  stop(): Promise<void>;
  /** Why agents have to go to another operator; undefined: they are served here. */
  readonly elsewhere: () => Elsewhere | undefined;
  /** Why it is stuck; undefined: it is not, or does not stand for election yet. */
  readonly failure: () => string | undefined;
}

/** Longer than any request to the API server takes. */
const stuckMs = 60_000;

/** Throws an OperatorError `kubeconfig-unusable` where there is no API server to elect in. */
export async function openLeadership(parts: LeadershipParts): Promise<Leadership> {
  const { choice, client, identity, monotonic, clock, random, log, unfit, onElected, onLost } = parts;
  if (choice === undefined)
    return {
      start: () => undefined,
      stop: () => Promise.resolve(),
      elsewhere: () => undefined,
      failure: () => undefined,
    };
  if (client === undefined)
    throw new OperatorError('kubeconfig-unusable', 'a leader can only be elected in an API server');
  const { LeaderElection: Election } = await import('../controller/leader-election.ts');
  const election: LeaderElection = new Election({
    client,
    namespace: choice.namespace ?? client.namespace,
    name: choice.name,
    identity,
    address: choice.address,
    clock: monotonic,
    wall: clock,
    random,
    log,
    unfit,
    onElected,
    onLost: () => onLost(elsewhere(election, identity)),
    onLeader: (leader) => log.info('leader has changed', { ...leader }),
  });
  let isCandidate = false;
  return {
    start: () => {
      if (isCandidate) election.wake();
      else election.start();
      isCandidate = true;
    },
    stop: () => election.stop(),
    elsewhere: () => (election.leading ? undefined : elsewhere(election, identity)),
    failure: () =>
      isCandidate && election.silentMs > stuckMs
        ? `nothing was tried for ${Math.round(election.silentMs)} ms`
        : undefined,
  };
}

/** Asked where this operator does not lead: its own name in the Lease is of the past. */
function elsewhere({ leader, abandoned: wait }: LeaderElection, own: string): Elsewhere {
  const address = leader?.identity === own ? undefined : leader?.address || undefined;
  if (address === undefined) return { details: 'not the leader; nobody leads now', leader: undefined, wait };
  return { details: `not the leader; the leader is at ${address}`, leader: address, wait };
}
