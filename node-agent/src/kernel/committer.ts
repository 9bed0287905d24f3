import { equalDigest } from '@weir/proto/digest.ts';
import type { Image } from '../image/image.ts';
import type { Active } from './active.ts';
import type { Clock } from './clock.ts';
import { type CommitHeader, type CommitReport, commitImage, nothingWritten } from './commit.ts';
import { other } from './control.ts';
import { type InstalledEndpoint, installedEndpoints, widenEndpoints } from './endpoint-table.ts';
import { checksum, compareGeneration } from './generation.ts';
import { GracePeriod } from './grace-period.ts';
import { pace } from './pace.ts';
import { lastCommitOf, type ProgramSet } from './program-set.ts';
import type { SetInForce } from './set-in-force.ts';
import { grownArrays, halvesFor } from './size-class.ts';

export interface CommitterOptions {
  readonly clock: Clock;
  /** Number of the last commit that is known. */
  readonly lastCommit: number;
  /** See Active. */
  readonly damaged: boolean;
}

/** Commits images to the set in force, which grows where an image needs it, and says what is active. */
export class Committer {
  readonly #inForce: SetInForce;
  readonly #clock: Clock;
  readonly #grace = new GracePeriod();
  #lastCommit: number;
  #damaged: boolean;

  constructor(inForce: SetInForce, { clock, lastCommit, damaged }: CommitterOptions) {
    this.#inForce = inForce;
    this.#clock = clock;
    this.#lastCommit = lastCommit;
    this.#damaged = damaged;
  }

  /** What is enforced; undefined where nothing is that this agent's programs can read. */
  get active(): Active | undefined {
    const { control } = this.#inForce.set;
    const active = control.active();
    const header = active && control.header(active.generation);
    if (!active || !header || header.commit !== active.commit) return undefined;
    const { commit, revision, digest } = header;
    return { commit, revision, digest, damaged: this.#damaged };
  }

  /** The interfaces in the active generation; none where it is damaged. */
  installed(): readonly InstalledEndpoint[] {
    const { control, arrays } = this.#inForce.set;
    const active = control.active();
    if (active === undefined || this.#damaged) return [];
    return installedEndpoints(arrays.endpoint.generation(active.generation));
  }

  /** See Datapath; one at a time. */
  async commit(image: Image, header: CommitHeader): Promise<CommitReport> {
    const grew = await this.#makeRoom(image);
    const { set } = this.#inForce;
    const endpoint = widenEndpoints(image.endpoint, set.arrays.endpoint.halfBytes);
    const content: Image = { ...image, endpoint };
    const report = (await this.#isActive(content, header))
      ? nothingWritten(this.active?.commit ?? 0)
      : await this.#write(set, content, header);
    // Also where nothing is written: an attempt may have failed after it was.
    if (this.#inForce.pending) await this.#inForce.enforce();
    return { ...report, grew };
  }

  /** Makes the generation before the last commit the active one; false where it is no longer whole. */
  undo(): boolean {
    const { control } = this.#inForce.set;
    const active = control.active();
    const former = active && control.header(other(active.generation));
    if (!active || !former) return false;
    control.activate(other(active.generation), former.commit);
    this.#damaged = false;
    return true;
  }

  close(): void {
    this.#grace.close();
  }

  async #write(set: ProgramSet, content: Image, header: CommitHeader): Promise<Omit<CommitReport, 'grew'>> {
    this.#lastCommit = Math.max(this.#lastCommit, lastCommitOf(set)) + 1;
    const report = await commitImage(
      set,
      content,
      { ...header, commit: this.#lastCommit },
      { grace: this.#grace, clock: this.#clock },
    );
    this.#damaged = false;
    return report;
  }

  /** Tells whether the arrays had to grow. */
  async #makeRoom(image: Image): Promise<boolean> {
    const present = this.#inForce.set.halves;
    const halves = halvesFor(image, present);
    const grown = grownArrays(present, halves);
    if (grown.length === 0) return false;
    await this.#inForce.grow(halves);
    // A wider endpoint table has the same interfaces at other places.
    if (grown.includes('endpoint') && !this.#damaged) await this.#rewriteChecksums(this.#inForce.set);
    return true;
  }

  async #rewriteChecksums({ control, arrays }: ProgramSet): Promise<void> {
    for (const generation of [0, 1] as const)
      control.rewriteChecksum(generation, await checksum(arrays, generation, pace(this.#clock)));
  }

  async #isActive(image: Image, header: CommitHeader): Promise<boolean> {
    const { active } = this;
    if (!active || active.damaged) return false;
    if (active.revision !== header.revision || !equalDigest(active.digest, header.digest)) return false;
    const { control, arrays } = this.#inForce.set;
    const generation = control.active()?.generation ?? 0;
    return (await compareGeneration(arrays, generation, image, pace(this.#clock))) === undefined;
  }
}
