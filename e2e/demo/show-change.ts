import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { check, type Stage, sleep } from './stage.ts';

const incident = readFileSync(join(import.meta.dirname, 'incident.yaml'), 'utf8');

/** So many requests without an answer in a row mean that a connection is cut. */
const UNANSWERED = 100;

/** Applies a policy while connections run over what it cuts, over what it opens and over what it does not touch. */
export async function showChange(stage: Stage): Promise<void> {
  const { lab, say, paint } = stage;
  const cut = await lab.openTraffic({ from: 'shop/frontend', to: 'shop/api', protocol: 'TCP', port: 8080 });
  const opened = await lab.openTraffic({ from: 'shop/cart', to: 'data/cache', protocol: 'UDP', port: 7946 });
  const kept = await lab.openTraffic({
    from: 'shop/api',
    to: 'monitoring/statsd',
    protocol: 'UDP',
    port: 8125,
  });
  await sleep(500);
  say('running: a TCP connection frontend → api, and UDP cart → cache (denied so far) and api → statsd');
  const applied = performance.now();
  lab.applyManifest('incident.yaml', incident);
  say('applied e2e/demo/incident.yaml: the api denies the frontend, the cache takes gossip from carts');
  await lab.waitEnforced();
  await sleep(300);
  // A busy machine sends fewer requests in that time.
  const { length } = cut.sent;
  for (let tries = 0; tries < 300 && cut.sent.length < length + UNANSWERED; tries++) await sleep(10);
  await Promise.all([cut.stop(), opened.stop(), kept.stop()]);

  const ms = (time: number): string => paint('bold', `${(time - applied).toFixed(0)} ms`);
  const served = [...cut.answered.keys()];
  const last = Math.max(...served);
  const after = cut.sent.length - 1 - last;
  check(
    stage,
    served.length > 0 && after >= UNANSWERED,
    `the open connection frontend → api: the last request that got through was sent ${ms(cut.sent[last] ?? 0)} after the file was written`,
  );
  const first = Math.min(...opened.answered.keys());
  check(
    stage,
    opened.answered.size > 0 && (opened.sent[first] ?? 0) > applied,
    opened.answered.size > 0
      ? `cart → cache: the first request that got through was sent after ${ms(opened.sent[first] ?? 0)}`
      : 'cart → cache did not open',
  );
  const lost = kept.sent.length - kept.answered.size;
  check(stage, lost === 0, `api → statsd: ${kept.sent.length} requests, ${lost} lost`);
  const nodes = Object.entries(lab.operatorStatus()?.nodes ?? {});
  const times = nodes.map(([name, { applyMs }]) => `${name} ${applyMs.toFixed(1)} ms`);
  say(`of that, from the bundle's arrival at the agent to its commit: ${times.join(', ')}`);
}
