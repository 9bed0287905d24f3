import { ownerOf } from '@weir/operator/src/evaluate/address-owner.ts';
import type { Prefix } from '@weir/operator/src/model/address.ts';
import { type ClusterState, podKey } from '@weir/operator/src/model/cluster.ts';
import type { Pod } from '@weir/operator/src/model/endpoint.ts';
import { weir } from '@weir/proto/bundle.js';
import { type CaseEndpointQuery, type CaseFlowQuery, type CaseQuery, isEndpointQuery } from './case.ts';
import { describeQuery } from './describe-query.ts';
import type { Answer, Engine } from './engine.ts';
import type { Hook } from './hook.ts';
import { buildNodeImages, type NodeImage } from './node-image.ts';
import { endsOf, type Family, podNamed } from './sides.ts';

const { Verdict } = weir.bundle.v1;

/** Compiles the cluster, makes each node's image, and asks the hooks of the endpoints about packets. */
export class PacketEngine implements Engine {
  readonly #hook: Hook;
  #state: ClusterState | undefined;
  #nodes: ReadonlyMap<string, NodeImage> = new Map();
  #instances = 0;

  constructor(hook: Hook) {
    this.#hook = hook;
  }

  async load(state: ClusterState): Promise<void> {
    const nodes = buildNodeImages(state, () => ++this.#instances);
    this.#state = state;
    this.#nodes = new Map(nodes.map((node) => [node.node, node]));
    await this.#hook.load(nodes);
  }

  verdict(query: CaseQuery, family: Family | undefined): Answer {
    if (!this.#state) throw new Error('no state is loaded');
    if (family === undefined) return { kind: 'unsupported', what: missingPacket(query) };
    const skipped = this.#hook.skips(query);
    if (skipped !== undefined) return { kind: 'unsupported', what: skipped };
    const [source, destination] = endsOf(this.#state, query).map((ends) => ofFamily(ends, family));
    if (!source || !destination) throw new Error(`no addresses of IPv${family}: ${describeQuery(query)}`);
    return isEndpointQuery(query)
      ? this.#askEndpoint(this.#state, query, source, destination)
      : this.#askFlow(this.#state, query, source, destination);
  }

  close(): void {
    this.#hook.close();
  }

  #askEndpoint(state: ClusterState, query: CaseEndpointQuery, source: Prefix, destination: Prefix): Answer {
    const { direction } = query;
    const half = this.#askHalf(state, podNamed(state, query.subject), {
      ...query,
      own: direction === 'egress' ? source : destination,
      peer: direction === 'egress' ? destination : source,
    });
    return {
      kind: 'verdict',
      verdict: half.allow ? 'allow' : 'deny',
      reason: half.reason,
      decidedBy: half.by,
    };
  }

  #askFlow(state: ClusterState, query: CaseFlowQuery, source: Prefix, destination: Prefix): Answer {
    const egress = this.#askHalf(state, podAt(state, source), {
      ...query,
      direction: 'egress',
      own: source,
      peer: destination,
    });
    const ingress = this.#askHalf(state, podAt(state, destination), {
      ...query,
      direction: 'ingress',
      own: destination,
      peer: source,
    });
    return {
      kind: 'verdict',
      verdict: egress.allow && ingress.allow ? 'allow' : 'deny',
      halves: { egress: egress.allow ? 'allow' : 'deny', ingress: ingress.allow ? 'allow' : 'deny' },
      decidedBy: `egress ${egress.by}; ingress ${ingress.by}`,
    };
  }

  #askHalf(state: ClusterState, subject: Pod | undefined, half: Half): HalfAnswer {
    const node = subject && this.#nodes.get(subject.node);
    const ifindex = subject && node?.ifindexes.get(podKey(subject));
    if (!subject || !node || ifindex === undefined)
      return { allow: true, reason: undefined, by: 'not governed' };
    const foreign = !isOwnNode(state, subject, half.peer);
    const { allow, cookie } = this.#hook.judge({ ...half, node, ifindex, foreign });
    const outcome = node.outcomes.get(cookie);
    const isDefault = outcome?.verdict === Verdict.VERDICT_DEFAULT_DENY;
    const reason = allow ? undefined : isDefault ? 'default' : 'explicit';
    return { allow, reason, by: describe(allow, cookie, outcome) };
  }
}

interface Half extends Pick<CaseQuery, 'protocol' | 'port'> {
  readonly direction: 'ingress' | 'egress';
  readonly own: Prefix;
  readonly peer: Prefix;
}

interface HalfAnswer {
  readonly allow: boolean;
  readonly reason: 'explicit' | 'default' | undefined;
  readonly by: string;
}

const ofFamily = (addresses: readonly Prefix[], wanted: Family): Prefix | undefined =>
  addresses.find(({ family }) => family === wanted);

/** What a node sends to its own pods comes from its own processes here; nothing is forwarded with its address. */
function isOwnNode(state: ClusterState, subject: Pod, peer: Prefix): boolean {
  const owner = ownerOf(state, peer);
  return owner.kind === 'node' && owner.node.name === subject.node;
}

function podAt(state: ClusterState, address: Prefix): Pod | undefined {
  const owner = ownerOf(state, address);
  return owner.kind === 'pod' ? owner.pod : undefined;
}

function missingPacket(query: CaseQuery): string {
  if (isEndpointQuery(query) && 'entity' in query.peer) return `peer ${query.peer.entity} without an address`;
  return `${query.protocol} between two that have no addresses of one such family`;
}

function describe(allow: boolean, cookie: number, outcome: weir.bundle.v1.IOutcome | undefined): string {
  const origins = (outcome?.origins ?? []).map(
    ({ kind, namespace, name, rule }) => `${kind} ${[namespace, name].filter(Boolean).join('/')} ${rule}`,
  );
  const verdict = outcome ? Verdict[outcome.verdict ?? 0] : `no outcome of cookie ${cookie}`;
  return [`${allow ? 'allow' : 'deny'} (${verdict})`, ...origins].join(', ');
}
