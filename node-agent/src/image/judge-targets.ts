import type { ServiceBackend, ServiceTarget } from './services.ts';

/** What the outcomes of backends are, seen from one table. */
export interface BackendOutcomes {
  readonly isAllowed: (outcome: number) => boolean;
  /** Of a packet that nothing can take. */
  readonly nowhere: number;
  readonly outcomeAt: (backend: ServiceBackend, protocol: number, port: number) => number;
}

/**
 * Writes what becomes of packets to services into a row: any backend may be chosen, so every one must be allowed, and
 * the first that is not decides.
 */
export function judgeTargets(
  row: Uint16Array<ArrayBuffer>,
  targets: readonly ServiceTarget[],
  outcomes: BackendOutcomes,
): void {
  for (const { ports, backends } of targets) {
    const found = backends.map(({ backend, port }) => outcomes.outcomeAt(backend, ports.protocol, port));
    const outcome = found.find((one) => !outcomes.isAllowed(one)) ?? found[0] ?? outcomes.nowhere;
    for (const portClass of ports.classes) row[portClass] = outcome;
  }
}
