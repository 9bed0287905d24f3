import { type Digest, equalDigest } from '@weir/proto/digest.ts';
import type { BundleChange } from '../bundle/bundle-change.ts';
import { mergeChanges, type NetChange } from './net-change.ts';

interface Entry extends NetChange {
  /** Of the bundle before the change. */
  readonly from: Digest;
}

/** How much is remembered: older bundles get a snapshot. */
const maxEntries = 128;
const maxItems = 20_000;

/** The revisions of one node's bundle and its recent changes, so that who has a recent bundle gets the difference. */
export class NodeLog {
  #digest: Digest;
  #revision: number;
  #highest: number;
  #entries: Entry[] = [];
  #items = 0;

  /** @param revision of that bundle */
  constructor(digest: Digest, revision: number) {
    this.#digest = digest;
    this.#revision = revision;
    this.#highest = revision;
  }

  /** Of the newest bundle. */
  get digest(): Digest {
    return this.#digest;
  }

  /** Of the newest bundle. */
  get revision(): number {
    return this.#revision;
  }

  /** A change that leaves the digest as it is (nothing but repeats) makes no revision. */
  append({ upserts, removes, digest }: BundleChange): void {
    if (equalDigest(digest, this.#digest)) return;
    this.#entries.push({ from: this.#digest, upserts, removes });
    this.#items += upserts.length + removes.length;
    this.#digest = digest;
    this.#highest += 1;
    this.#revision = this.#highest;
    this.#forget();
  }

  /** The bundle is another one than the log's last, by a change that the log did not see. */
  restart(digest: Digest): void {
    this.#entries = [];
    this.#items = 0;
    this.#digest = digest;
    this.#highest += 1;
    this.#revision = this.#highest;
  }

  /**
   * An agent enforces a bundle under this number, given by an operator before. If it is the newest bundle, the
   * number is its revision again; else the newest gets a greater one.
   */
  adopt(revision: number, digest: Digest | undefined): void {
    const same = digest !== undefined && equalDigest(digest, this.#digest);
    if (same) this.#revision = revision;
    else if (revision >= this.#revision) this.#revision = Math.max(revision, this.#highest) + 1;
    this.#highest = Math.max(this.#highest, this.#revision, revision);
  }

  /** From that bundle to the newest; undefined: not remembered. */
  since(digest: Digest): NetChange | undefined {
    const start = this.#entries.findLastIndex((entry) => equalDigest(entry.from, digest));
    return start < 0 ? undefined : mergeChanges(this.#entries.slice(start));
  }

  #forget(): void {
    while (this.#entries.length > maxEntries || (this.#items > maxItems && this.#entries.length > 1)) {
      const oldest = this.#entries.shift();
      this.#items -= oldest ? oldest.upserts.length + oldest.removes.length : 0;
    }
  }
}
