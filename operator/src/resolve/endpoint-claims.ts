import { podKey } from '../model/cluster.ts';
import type { Pod } from '../model/endpoint.ts';
import { Claims } from './claims.ts';
import { claimsBefore, endpointUid, isSubject } from './pod-role.ts';

/** Which pods are endpoints: subjects, and of several with one uid the one that claims it first. */
export class EndpointClaims {
  readonly #claims = new Claims<Pod>(claimsBefore);
  readonly #changed = new Set<string>();

  setPod(from: Pod | undefined, to: Pod | undefined): void {
    if (from && isSubject(from)) this.#change(from, () => this.#claims.remove(endpointUid(from), from));
    if (to && isSubject(to)) this.#change(to, () => this.#claims.add(endpointUid(to), to));
  }

  isEndpoint(pod: Pod): boolean {
    return this.#claims.holder(endpointUid(pod)) === pod;
  }

  /** The endpoint with that uid. */
  holder(uid: string): Pod | undefined {
    return this.#claims.holder(uid);
  }

  /** Keys of pods that may have become endpoints, or ceased to be, since the last call. */
  takeChanged(): ReadonlySet<string> {
    const changed = new Set(this.#changed);
    this.#changed.clear();
    return changed;
  }

  #change(pod: Pod, change: () => void): void {
    this.#note(pod);
    change();
    this.#note(pod);
  }

  #note(pod: Pod): void {
    this.#changed.add(podKey(pod));
    const holder = this.#claims.holder(endpointUid(pod));
    if (holder) this.#changed.add(podKey(holder));
  }
}
