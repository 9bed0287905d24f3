/** What flows must do, by the plainest reading of the rule: no clock, no hash, whole seconds. */

export type Direction = 'egress' | 'ingress';
const opposite = (direction: Direction): Direction => (direction === 'egress' ? 'ingress' : 'egress');

export interface Segment {
  readonly direction: Direction;
  readonly protocol: 'tcp' | 'udp';
  readonly localPort: number;
  readonly remotePort: number;
  /** TCP only. */
  readonly syn?: boolean;
  readonly ack?: boolean;
  readonly fin?: boolean;
  readonly rst?: boolean;
}

interface Flow {
  ends: number;
  closing: boolean;
  readonly fin: Set<'originator' | 'responder'>;
}

const firstClientPort = 32768;

/** One pod's flows with one peer. Policy is a word for each direction. */
export class FlowModel {
  #now = 0;
  readonly #flows = new Map<string, Flow>();
  /** SYNs that nobody has answered. */
  readonly #syns = new Map<string, Flow>();

  wait(seconds: number): void {
    this.#now += seconds;
  }

  /** Whether the packet passes. */
  passes(segment: Segment, allows: Readonly<Record<Direction, boolean>>): boolean {
    const own = this.#key(segment, segment.direction);
    const allowed = allows[segment.direction];
    if (segment.syn && !segment.ack) {
      if (allowed) this.#syns.set(own, this.#fresh(60));
      return allowed;
    }
    if (this.#answers(this.#key(segment, opposite(segment.direction)), segment)) return true;
    if (allowed) this.#originate(own, segment, allows);
    return allowed;
  }

  #answers(key: string, segment: Segment): boolean {
    if (segment.syn && this.#answerSyn(key, segment)) return true;
    const flow = this.#live(this.#flows, key);
    if (flow) this.#refresh(flow, segment, 'responder');
    return flow !== undefined || this.#answerSyn(key, segment);
  }

  #answerSyn(key: string, segment: Segment): boolean {
    const syn = segment.protocol === 'tcp' ? this.#live(this.#syns, key) : undefined;
    if (syn === undefined) return false;
    if (syn.closing) return true;
    if (segment.rst) {
      syn.closing = true;
      syn.ends = this.#now + 10;
      return true;
    }
    this.#syns.delete(key);
    this.#flows.set(key, this.#fresh(8000));
    return true;
  }

  #originate(own: string, segment: Segment, allows: Readonly<Record<Direction, boolean>>): void {
    const flow = this.#live(this.#flows, own);
    if (flow) {
      this.#refresh(flow, segment, 'originator');
      return;
    }
    if (this.#answerSyn(own, segment) || segment.fin || segment.rst) return;
    const [from, to] =
      segment.direction === 'egress'
        ? [segment.localPort, segment.remotePort]
        : [segment.remotePort, segment.localPort];
    const fromServer = segment.protocol === 'tcp' && from < firstClientPort && to >= firstClientPort;
    const answer = fromServer && allows[opposite(segment.direction)];
    const key = answer ? this.#key(segment, opposite(segment.direction)) : own;
    this.#flows.set(key, this.#fresh(segment.protocol === 'tcp' ? 8000 : 60));
  }

  #refresh(flow: Flow, segment: Segment, role: 'originator' | 'responder'): void {
    if (flow.closing) return;
    if (segment.fin) flow.fin.add(role);
    flow.closing = segment.protocol === 'tcp' && (segment.rst === true || flow.fin.size === 2);
    const life = segment.protocol === 'tcp' ? 8000 : 60;
    flow.ends = this.#now + (flow.closing ? 10 : life);
  }

  #live(flows: ReadonlyMap<string, Flow>, key: string): Flow | undefined {
    const flow = flows.get(key);
    return flow !== undefined && flow.ends > this.#now ? flow : undefined;
  }

  #fresh(life: number): Flow {
    return { ends: this.#now + life, closing: false, fin: new Set() };
  }

  #key({ protocol, localPort, remotePort }: Segment, direction: Direction): string {
    return [protocol, localPort, remotePort, direction].join(' ');
  }
}
