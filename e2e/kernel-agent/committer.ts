import { digestOf, imageOf, openDatapath } from './harness.ts';

/** An agent to kill: commits one image after the other that all let everything pass, some of them larger. */
const [objectFile = '', pinDir = '', ifindex = ''] = process.argv.slice(2);
const datapath = await openDatapath({ objectFile, pinDir });
await datapath.attach(Number(ifindex));
const start = datapath.active?.revision ?? 0;
for (let revision = start + 1; ; revision++) {
  const elements = revision % 4 === 0 ? { row: 2048 << ((revision / 4) % 8) } : {};
  await datapath.commit(imageOf(revision * 2, elements), { revision, digest: digestOf(revision) });
  process.stdout.write('.');
}
