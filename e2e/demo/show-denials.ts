import { type LoggedFlow, loggedFlows } from '../lab/flow-log.ts';
import { table } from '../lab/show.ts';
import { check, type Stage } from './stage.ts';

/** How many are shown. */
const MOST = 10;

/** Denied flows as the agents logged them, one for each rule that decided. */
export async function showDenials(stage: Stage): Promise<void> {
  const { lab, say } = stage;
  const denied = lab.plan.nodes
    .flatMap(({ name }) => loggedFlows(lab.agentLog(name)))
    .filter(({ message, rules }) => message === 'flow denied' && rules !== undefined && rules.length > 0);
  const byRule = Map.groupBy(denied, (flow) => `${flow.verdict} ${flow.rules?.join()}`);
  // Rules that deny tell more than default denials, which are many.
  const chosen = [...byRule.values()]
    .flatMap((flows) => flows.toSorted((a, b) => plainness(a) - plainness(b)).slice(0, 1))
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, MOST);
  const names = new Map(lab.plan.pods.flatMap((pod) => pod.addresses.map((address) => [address, pod.key])));
  const name = (address: string): string => names.get(address) ?? address;
  const rows = chosen.map((flow) => [
    `${name(flow.source)} → ${name(flow.destination)} ${portText(flow)}`,
    flow.direction,
    flow.verdict ?? '',
    ruleText(flow.rules ?? []),
  ]);
  for (const line of table(['FLOW', 'JUDGED AT', 'VERDICT', 'POLICY AND RULE'], rows)) say(line);
  check(
    stage,
    denied.length > 0,
    `${denied.length} denials logged with policy and rule, by ${byRule.size} different rules`,
  );
}

const rank = ({ verdict }: LoggedFlow): number => (verdict === 'deny' ? 0 : 1);

/** Flows to a pod's port over IPv4 are easier to read than an echo over IPv6. */
const plainness = ({ protocol, source, destinationPort }: LoggedFlow): number =>
  (protocol?.startsWith('ICMP') ? 4 : 0) + (destinationPort === 9 ? 2 : 0) + (source.includes(':') ? 1 : 0);

const portText = ({ protocol, destinationPort }: LoggedFlow): string =>
  protocol?.startsWith('ICMP') ? `${protocol} type ${destinationPort}` : `${protocol} ${destinationPort}`;

const ruleText = ([first = '', ...more]: readonly string[]): string =>
  more.length === 0 ? first : `${first} and ${more.length} more`;
