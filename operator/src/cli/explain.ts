import { evaluateFlow } from '../evaluate/evaluate-flow.ts';
import { Cluster, type ClusterState } from '../model/cluster.ts';
import type { Settings } from '../model/settings.ts';
import { readManifests } from '../source/files/read-manifests.ts';
import { type AskedPort, findSide, packetOf } from './explain-question.ts';
import { explanationLines, explanationOf } from './explanation.ts';
import { problemLine } from './problem-line.ts';

/** What `weir-operator explain` is told. */
export interface ExplainOptions {
  readonly from: string;
  readonly to: string;
  readonly port: AskedPort;
  readonly json: boolean;
  readonly settings: Settings;
}

export interface Output {
  /** The answer. */
  readonly write: (line: string) => void;
  /** What is wrong with the manifests, and what is withheld for it; the answer is about what is in force all the same. */
  readonly warn: (line: string) => void;
}

/**
 * Says what the policies in manifests mean for one flow, and which of their rules decide; false when it is denied.
 * @throws OperatorError unknown-endpoint, manifests-unreadable.
 */
export async function explain(
  paths: readonly string[],
  { from, to, port, json, settings }: ExplainOptions,
  { write, warn }: Output,
): Promise<boolean> {
  const { events, problems } = await readManifests(paths, settings);
  for (const problem of problems) warn(problemLine(problem));
  const cluster = new Cluster(settings);
  for (const event of events) cluster.apply(event);
  const { state } = cluster;
  for (const line of withheldLines(state)) warn(line);
  const flow = evaluateFlow(state, {
    from: findSide(state, from),
    to: findSide(state, to),
    ...packetOf(port),
  });
  const explanation = explanationOf({ from, to, port: `${port.port}/${port.protocol}` }, flow);
  if (json) write(JSON.stringify(explanation, null, 2));
  else for (const line of explanationLines(explanation)) write(line);
  return flow.verdict === 'allow';
}

const withheldLines = ({ policies }: ClusterState): readonly string[] =>
  [...policies.values()].flatMap(({ inForce: { ref }, withheld }) =>
    withheld.map(({ path, message }) => {
      const name = [ref.namespace, ref.name].filter(Boolean).join('/');
      return `${ref.kind} ${name}: ${path}: ${message}`;
    }),
  );
