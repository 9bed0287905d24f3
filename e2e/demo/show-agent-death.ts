import type { Traffic } from '../lab/traffic.ts';
import { untilStored } from '../lab/until-stored.ts';
import { showReachability } from './show-reachability.ts';
import { check, type Stage, sleep } from './stage.ts';

const NODE = 'node-2';

/** Kills an agent under traffic, tries everything without it, and starts it again. */
export async function showAgentDeath(stage: Stage): Promise<void> {
  const { lab, say, paint } = stage;
  const allowed = [
    await lab.openTraffic({ from: 'shop/api', to: 'monitoring/statsd', protocol: 'UDP', port: 8125 }),
    await lab.openTraffic({
      from: 'shop/cart',
      to: 'monitoring/statsd',
      protocol: 'UDP',
      port: 8125,
      family: 6,
    }),
  ];
  const denied = [
    await lab.openTraffic({ from: 'data/db', to: 'world', protocol: 'UDP', port: 53 }),
    await lab.openTraffic({ from: 'world', to: 'monitoring/statsd', protocol: 'UDP', port: 8125 }),
  ];
  await sleep(500);
  await untilStored(lab, NODE);
  await lab.killAgent(NODE);
  say(`killed the agent of ${NODE} (kill -9) under traffic; everything once more without it:`);
  await showReachability(stage, false);

  const began = performance.now();
  await lab.startAgent(NODE);
  await lab.waitEnforced();
  const seconds = ((performance.now() - began) / 1000).toFixed(2);
  say(`started it again: in sync after ${paint('bold', `${seconds} s`)}`);
  const words = lab.agentStatus(NODE)?.sinceStart.wordsWritten;
  check(stage, words === 0, `words written to the kernel by the restart: ${words}`);
  await sleep(200);
  await Promise.all([...allowed, ...denied].map((traffic) => traffic.stop()));
  const lost = sum(allowed, (traffic) => traffic.sent.length - traffic.answered.size);
  const leaked = sum(denied, (traffic) => traffic.answered.size);
  const packets = sum([...allowed, ...denied], (traffic) => traffic.sent.length);
  const line = `traffic through death and restart: ${packets} requests, ${lost} allowed ones lost, ${leaked} denied ones answered`;
  check(stage, lost === 0 && leaked === 0, line);
}

const sum = (traffics: readonly Traffic[], count: (traffic: Traffic) => number): number =>
  traffics.reduce((total, traffic) => total + count(traffic), 0);
