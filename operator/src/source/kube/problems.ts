import type { ObjectKey, Problem } from '../../model/event.ts';
import type { SourceProblem } from '../source-problem.ts';

/** What is wrong now, of every resource and object. */
export class Problems {
  readonly #ofResource = new Map<string, SourceProblem>();
  readonly #ofObject = new Map<string, readonly SourceProblem[]>();
  #changed = false;

  /** @param reason why a resource can't be followed; undefined: it can */
  ofResource(resource: string, reason: string | undefined): void {
    if (reason === undefined) {
      if (this.#ofResource.delete(resource)) this.#changed = true;
      return;
    }
    const message = `can't be read, so that what is known of it stays in force: ${reason}`;
    this.#ofResource.set(resource, {
      place: { kind: 'api', resource },
      object: undefined,
      path: '',
      message,
    });
    this.#changed = true;
  }

  /** @param problems all of the object's newest version */
  ofObject(resource: string, object: ObjectKey, problems: readonly Problem[]): void {
    const key = `${resource}/${object.namespace}/${object.name}`;
    if (problems.length === 0) {
      if (this.#ofObject.delete(key)) this.#changed = true;
      return;
    }
    const place = { kind: 'api', resource } as const;
    this.#ofObject.set(
      key,
      problems.map(({ path, message }) => ({ place, object, path, message })),
    );
    this.#changed = true;
  }

  /** All of them if they have changed since the last call. */
  takeChanged(): readonly SourceProblem[] | undefined {
    if (!this.#changed) return undefined;
    this.#changed = false;
    return [...this.#ofResource.values(), ...[...this.#ofObject.values()].flat()];
  }
}
