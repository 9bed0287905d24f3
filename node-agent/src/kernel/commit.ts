import type { Digest } from '@weir/proto/digest.ts';
import type { Image } from '../image/image.ts';
import type { Clock } from './clock.ts';
import { other } from './control.ts';
import { checksum, verifyGeneration, writeGeneration } from './generation.ts';
import type { GracePeriod } from './grace-period.ts';
import { pace } from './pace.ts';
import type { ProgramSet } from './program-set.ts';

export interface CommitHeader {
  readonly revision: number;
  readonly digest: Digest;
}

/** What a commit did; times are milliseconds. */
export interface CommitReport {
  /** Number of the commit: the low 15 bits are what packets are stamped with. */
  readonly commit: number;
  /** 64-bit words that differed in the half that was prepared; 0 also where the active one already was equal. */
  readonly wordsWritten: number;
  /** True where the programs had to be loaded with larger arrays first. */
  readonly grew: boolean;
  readonly graceMs: number;
  readonly writeMs: number;
  readonly readBackMs: number;
}

/** Of a commit that had nothing to do. */
export const nothingWritten = (commit: number): CommitReport => ({
  commit,
  wordsWritten: 0,
  grew: false,
  graceMs: 0,
  writeMs: 0,
  readBackMs: 0,
});

/**
 * The commit rule: the idle half is prepared completely and read back while the programs go on reading the other
 * one, then one store makes it the active one. Until the next commit begins the former generation stays whole.
 * Where it throws, the active generation is untouched.
 */
export async function commitImage(
  set: ProgramSet,
  image: Image,
  content: CommitHeader & { readonly commit: number },
  tools: { readonly grace: GracePeriod; readonly clock: Clock },
): Promise<Omit<CommitReport, 'grew'>> {
  const { control, arrays } = set;
  const { clock } = tools;
  const active = control.active();
  const idle = active === undefined ? 0 : other(active.generation);
  const pause = pace(clock);

  // A program that began before may still read this half: it was the active one, or a packet's stamp named it.
  control.invalidate(idle);
  const start = clock.monotonic();
  await tools.grace.wait();
  const waited = clock.monotonic();
  const wordsWritten = await writeGeneration(arrays, idle, image, pause);
  const written = clock.monotonic();
  await verifyGeneration(arrays, idle, image, pause);
  const sum = await checksum(arrays, idle, pause);
  const verified = clock.monotonic();

  control.writeHeader(idle, { ...content, checksum: sum, time: clock.now() });
  control.activate(idle, content.commit);
  return {
    commit: content.commit,
    wordsWritten,
    graceMs: waited - start,
    writeMs: written - waited,
    readBackMs: verified - written,
  };
}
