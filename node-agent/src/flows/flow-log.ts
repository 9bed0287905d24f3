import type { Log } from '@weir/log/log.ts';
import type { Enforced } from '../agent.ts';
import type { ImageDescription } from '../image/describe.ts';
import type { DatapathEvent } from '../kernel/event.ts';
import { originText, peerText, protocolText, verdictText } from './flow-text.ts';

/** Events may still come from a commit that is no longer the last one. */
const rememberedCommits = 1024;

/** Logs what the programs tell, with the pod, the peer, the policy and the rule that decided. */
export class FlowLog {
  readonly #log: Log;
  readonly #describe: () => ImageDescription;
  readonly #revisions = new Map<number, number>();
  #pods = new Map<number, string>();

  /** `describe` gives the description of what is enforced. */
  constructor(log: Log, describe: () => ImageDescription) {
    this.#log = log;
    this.#describe = describe;
  }

  enforced({ bundle, bound, commit }: Enforced): void {
    this.#revisions.set(commit.commit, bundle.revision);
    for (const old of this.#revisions.keys()) {
      if (this.#revisions.size <= rememberedCommits) break;
      this.#revisions.delete(old);
    }
    this.#pods = new Map();
    for (const { uid, ifindex } of bound.bindings) {
      const endpoint = bundle.endpoints.get(uid);
      if (endpoint) this.#pods.set(ifindex, `${endpoint.namespace}/${endpoint.name}`);
    }
  }

  event(event: DatapathEvent): void {
    const allowed = event.reason === 'policy-allow';
    if (allowed) this.#log.info('flow allowed', this.#fields(event));
    else if (event.observed) this.#log.info('flow would be denied', this.#fields(event));
    else this.#log.info('flow denied', this.#fields(event));
  }

  #fields(event: DatapathEvent): Record<string, unknown> {
    const description = this.#describe();
    const outcome = description.outcome(event.cookie);
    const byPolicy = event.reason === 'policy-allow' || event.reason === 'policy-deny';
    return {
      endpoint: this.#pods.get(event.ifindex) ?? `interface ${event.ifindex}`,
      direction: event.direction,
      peer: byPolicy ? peerText(description.slot(event.slot)) : undefined,
      source: event.source,
      destination: event.destination,
      protocol: event.family === 0 ? undefined : protocolText(event.protocol),
      sourcePort: event.sourcePort,
      destinationPort: event.destinationPort,
      verdict: byPolicy ? verdictText(outcome) : event.reason,
      rules: outcome?.origins?.map(originText),
      revision: this.#revisions.get(event.commit),
      commit: event.commit,
    };
  }
}
