import { isDeepStrictEqual } from 'node:util';
import type { Log } from '@weir/log/log.ts';
import type { Engine } from './name-engines.ts';

export interface EngineWatchOptions {
  readonly look: () => readonly Engine[];
  readonly log: Log;
  /** Told when they are others; first at the start. */
  readonly onChange: (engines: readonly Engine[]) => Promise<void>;
  readonly everyMs: number;
}

/** Beside Cilium, which enforces the same policies, nothing is dropped a second time. */
export const mustObserve = (engines: readonly Engine[]): boolean =>
  engines.some(({ name, active }) => name === 'cilium' && active);

/** What the operator is told of them. */
export const engineCapabilities = (engines: readonly Engine[]): readonly string[] => [
  ...engines.filter(({ active }) => active).map(({ name }) => `engine=${name}`),
  ...(mustObserve(engines) ? ['observe-only'] : []),
];

/**
 * Looks for other policy engines now and every so often. A change that could not be told is told again.
 *
 * @returns what ends it
 */
export async function watchEngines(options: EngineWatchOptions): Promise<() => void> {
  const { look, log, onChange, everyMs } = options;
  let known: readonly string[] | undefined = [];
  let comparing = false;
  const compare = async (): Promise<void> => {
    const found = look();
    const next = summary(found);
    if (isDeepStrictEqual(next, known)) return;
    // Of a change that fails half may be done: then even what was known before must be told again.
    known = undefined;
    await onChange(found);
    known = next;
    tell(found, log);
  };
  const compareAgain = async (): Promise<void> => {
    if (comparing) return;
    comparing = true;
    try {
      await compare();
    } catch (error) {
      log.error('other policy engines can not be followed', { error: String(error) });
    } finally {
      comparing = false;
    }
  };
  await compare();
  const timer = setInterval(compareAgain, everyMs);
  return () => clearInterval(timer);
}

/** Evidence comes and goes with pods. */
const summary = (engines: readonly Engine[]): readonly string[] =>
  engines.map(({ name, active }) => `${name} ${active}`);

function tell(engines: readonly Engine[], log: Log): void {
  for (const { name, evidence, active } of engines) {
    const fields = { engine: name, evidence };
    if (!active) log.info('left of another policy engine', fields);
    else log.warn('another policy engine is active on this node', fields);
  }
  if (mustObserve(engines)) log.warn('only observing beside Cilium: nothing is dropped', {});
  if (engines.length === 0) log.info('no other policy engine is left on this node', {});
}
