import type { Problem } from '../model/event.ts';
import type { Condition, Finding } from './condition.ts';

/** How one node stands with one version of a policy. */
export type NodeStanding =
  | { readonly node: string; readonly kind: 'enforced' }
  /** Pods that the policy may select can't be covered there. */
  | { readonly node: string; readonly kind: 'uncovered'; readonly pods: number }
  /** The agent is about to attach to pods that the policy may select. */
  | { readonly node: string; readonly kind: 'attaching'; readonly pods: number }
  | { readonly node: string; readonly kind: 'applying' }
  | { readonly node: string; readonly kind: 'lagging'; readonly reason: string }
  /** Nobody can say when it will enforce anything, so it is not waited for. */
  | { readonly node: string; readonly kind: 'apart'; readonly reason: string };

/** All that a policy's conditions depend on. */
export interface PolicyFacts {
  /** Of its newest version; empty: it is accepted. */
  readonly refused: readonly Problem[];
  /** Why the version that would be in force is not: it means groups that nobody knows. */
  readonly withheld: readonly Problem[];
  /** Whether any version of it is in force, other than the isolation of a refused one. */
  readonly accepted: boolean;
  /** Of every node with an endpoint that it selects. */
  readonly nodes: readonly NodeStanding[];
  /** Whether its newest version was told to be enforced before: nodes and pods that come later don't reset that. */
  readonly wasEnforced: boolean;
}

/** What we write on a policy. */
export const policyConditionTypes = ['Valid', 'Enforced', 'Reconciling', 'Stalled'] as const;

const most = { problems: 5, nodes: 5, characters: 1000 };

/** What the conditions of a policy are to say. Reconciling and Stalled are there only where they are true. */
export function policyFindings(facts: PolicyFacts): readonly Finding[] {
  const problems = [...facts.refused, ...facts.withheld];
  if (problems.length > 0) {
    const text = shorten(problemsText(problems));
    return [
      { type: 'Valid', status: 'False', reason: 'Refused', message: text },
      { type: 'Enforced', status: 'False', reason: 'Refused', message: insteadText(facts) },
      { type: 'Stalled', status: 'True', reason: 'Refused', message: text },
    ];
  }
  const enforced = enforcement(facts);
  const valid: Finding = {
    type: 'Valid',
    status: 'True',
    reason: 'Accepted',
    message: 'Policy validation succeeded',
  };
  if (enforced.status === 'True') return [valid, enforced];
  const { reason, message } = enforced;
  const type = reason === 'Applying' || reason === 'PodsAttaching' ? 'Reconciling' : 'Stalled';
  return [valid, enforced, { type, status: 'True', reason, message }];
}

/** Whether the stored conditions tell that this version is enforced. */
export const toldEnforced = (stored: readonly Condition[], generation: number): boolean =>
  stored.some(
    ({ type, status, observedGeneration }) =>
      type === 'Enforced' && status === 'True' && observedGeneration === generation,
  );

function enforcement({ nodes, wasEnforced }: PolicyFacts): Finding {
  const of = <Kind extends NodeStanding['kind']>(kind: Kind) =>
    nodes.filter((one): one is Extract<NodeStanding, { readonly kind: Kind }> => one.kind === kind);
  const [apart, lagging, applying] = [of('apart'), of('lagging'), of('applying')];
  const [uncovered, attaching] = [of('uncovered'), of('attaching')];
  const counted = nodes.length - apart.length;
  const told = (status: Finding['status'], reason: string, message: string): Finding => ({
    type: 'Enforced',
    status,
    reason,
    message: shorten(message),
  });
  const notCounted =
    apart.length === 0
      ? ''
      : `; not counted: ${list(apart.map(({ node, reason }) => `${node} (${reason})`))}`;
  const ratio = (done: number): string => `${done}/${counted} nodes`;
  const done = of('enforced').length + uncovered.length + attaching.length;
  if (nodes.length === 0) return told('True', 'NoEndpoints', 'no pod is selected');
  if (counted === 0) return told('False', 'NodesApart', `${ratio(0)}${notCounted}`);
  if (lagging.length > 0) {
    const names = list(lagging.map(({ node, reason }) => (reason === '' ? node : `${node} (${reason})`)));
    return told('False', 'NodesLagging', `${ratio(done)}; behind: ${names}${notCounted}`);
  }
  if (applying.length > 0 && !wasEnforced) return told('False', 'Applying', `${ratio(done)}${notCounted}`);
  if (uncovered.length > 0) {
    const names = list(uncovered.map(({ node, pods }) => `${node} (${pods})`));
    const text = `${ratio(done)}; with pods that can't be covered: ${names}${notCounted}`;
    return told('False', 'PodsUncovered', text);
  }
  if (attaching.length > 0) {
    const names = list(attaching.map(({ node, pods }) => `${node} (${pods})`));
    return told('False', 'PodsAttaching', `${ratio(done)}; attaching to pods: ${names}${notCounted}`);
  }
  return told('True', apart.length > 0 ? 'NodesApart' : 'Enforced', `${ratio(counted)}${notCounted}`);
}

function insteadText({ accepted, withheld }: PolicyFacts): string {
  if (accepted) return 'the last accepted version stays in force';
  const why =
    withheld.length > 0 ? 'what it needs was not accepted so far' : 'no version was accepted so far';
  return `${why}: the pods that it selects are isolated in the directions that it names`;
}

/** Also the note of an Event. */
export function problemsText(problems: readonly Problem[]): string {
  const texts = problems.slice(0, most.problems).map(({ path, message }) => `${path}: ${message}`);
  const left = problems.length - texts.length;
  return [...texts, ...(left > 0 ? [`and ${left} more`] : [])].join('; ');
}

function list(items: readonly string[]): string {
  const left = items.length - most.nodes;
  return left > 0 ? `${items.slice(0, most.nodes).join(', ')} and ${left} more` : items.join(', ');
}

const shorten = (text: string): string =>
  text.length > most.characters ? `${text.slice(0, most.characters - 1)}…` : text;
