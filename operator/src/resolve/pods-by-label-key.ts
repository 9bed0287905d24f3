import type { Pod } from '../model/endpoint.ts';
import type { Labels } from '../model/labels.ts';
import { clusterKey, namespaceKey, namespaceLabelKey, portNameKey, serviceAccountKey } from './label-keys.ts';
import { SmallSet } from './small-set.ts';

/** Pods whose labels have the same keys, whatever their values are: a cluster has few such kinds. */
interface KeyKind {
  readonly text: string;
  readonly keys: readonly string[];
  readonly pods: SmallSet<string>;
}

/** What every pod has a value for. */
const commonKeys: readonly string[] = [namespaceKey, clusterKey, serviceAccountKey];

/**
 * Which pods `project` may look at a key for: only for these it can matter whether the key is in use. Keys of the
 * namespace's labels have their prefix, names of ports are as portNameKey.
 */
export class PodsByLabelKey {
  readonly #kinds = new Map<string, KeyKind>();
  readonly #kindOf = new Map<string, KeyKind>();

  /** Undefined: the pod is gone. To be called also where the labels of its namespace have changed. */
  setPod(podKey: string, pod: Pod | undefined, namespaceLabels: Labels | undefined): void {
    const former = this.#kindOf.get(podKey);
    const next = pod && this.#kind(keysOf(pod, namespaceLabels));
    if (former === next) return;
    if (next) {
      next.pods.add(podKey);
      this.#kindOf.set(podKey, next);
    } else {
      this.#kindOf.delete(podKey);
    }
    if (former?.pods.delete(podKey) && former.pods.size === 0) this.#kinds.delete(former.text);
  }

  /** Keys of the pods that may have any of these, each once. */
  *having(keys: readonly string[]): Generator<string> {
    const all = keys.some((key) => commonKeys.includes(key));
    for (const kind of this.#kinds.values()) {
      if (all || keys.some((key) => kind.keys.includes(key))) yield* kind.pods;
    }
  }

  #kind(keys: readonly string[]): KeyKind {
    const text = keys.join('\n');
    let kind = this.#kinds.get(text);
    if (!kind) {
      kind = { text, keys, pods: new SmallSet() };
      this.#kinds.set(text, kind);
    }
    return kind;
  }
}

function keysOf(pod: Pod, namespaceLabels: Labels | undefined): readonly string[] {
  const keys = [...pod.labels.keys()];
  for (const key of namespaceLabels?.keys() ?? []) keys.push(namespaceLabelKey(key));
  for (const port of pod.ports) keys.push(portNameKey(port));
  return keys;
}
