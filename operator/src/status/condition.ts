import { field, text } from '../source/kube/object-meta.ts';

/** A metav1.Condition. */
export interface Condition {
  readonly type: string;
  readonly status: 'True' | 'False' | 'Unknown';
  readonly reason: string;
  readonly message: string;
  /** Undefined where a CRD of others does not keep it. */
  readonly observedGeneration: number | undefined;
  /** RFC 3339, in seconds. */
  readonly lastTransitionTime: string;
  /** As it was read: others' are written as they are. */
  readonly original: unknown;
}

/** What a condition is to say; since when is left to who stores it. */
export type Finding = Pick<Condition, 'type' | 'status' | 'reason' | 'message'>;

/** Of an object's `status`. Whatever is no condition is left out. */
export function readConditions(status: unknown): readonly Condition[] {
  const conditions = field(status, 'conditions');
  return Array.isArray(conditions) ? conditions.flatMap(readCondition) : [];
}

function readCondition(value: unknown): readonly Condition[] {
  const type = text(value, 'type');
  const status = text(value, 'status');
  if (type === '' || (status !== 'True' && status !== 'False' && status !== 'Unknown')) return [];
  const generation = field(value, 'observedGeneration');
  return [
    {
      type,
      status,
      reason: text(value, 'reason'),
      message: text(value, 'message'),
      observedGeneration: typeof generation === 'number' ? generation : undefined,
      lastTransitionTime: text(value, 'lastTransitionTime'),
      original: value,
    },
  ];
}

/** How stored conditions differ from what they are to say: in a text alone, or in what somebody may wait for. */
export type Difference = 'none' | 'text' | 'state';

/**
 * @param types of conditions that are ours; those without a finding are to be absent, others' don't count
 * @param generation that the findings are about
 */
export function differenceOf(
  stored: readonly Condition[],
  findings: readonly Finding[],
  types: readonly string[],
  generation: number,
): Difference {
  const own = stored.filter(({ type }) => types.includes(type));
  if (own.length !== findings.length) return 'state';
  let difference: Difference = 'none';
  for (const finding of findings) {
    const found = own.find(({ type }) => type === finding.type);
    if (!found || found.status !== finding.status || found.reason !== finding.reason) return 'state';
    if ((found.observedGeneration ?? generation) !== generation) return 'state';
    if (found.message !== finding.message) difference = 'text';
  }
  return difference;
}

/** The conditions to store: those of others as they are, ours by the findings. @param now RFC 3339 */
export function mergeConditions(
  stored: readonly Condition[],
  findings: readonly Finding[],
  types: readonly string[],
  generation: number,
  now: string,
): readonly unknown[] {
  const others = stored.filter(({ type }) => !types.includes(type)).map(({ original }) => original);
  const own = findings.map((finding) => {
    const former = stored.find(({ type }) => type === finding.type);
    const since = former?.status === finding.status ? former.lastTransitionTime : '';
    return { ...finding, observedGeneration: generation, lastTransitionTime: since || now };
  });
  return [...others, ...own];
}

/** A metav1.Time, which has whole seconds. @param wall milliseconds since 1970 */
export const wholeSeconds = (wall: number): string => new Date(wall).toISOString().replace(/\.\d+Z$/, 'Z');
