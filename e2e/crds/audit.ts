import { readFileSync } from 'node:fs';
import type { Manifest } from './judge.ts';

interface AuditEvent {
  readonly verb: string;
  readonly user: { readonly username: string };
  readonly objectRef?: {
    readonly apiGroup?: string;
    readonly resource?: string;
    readonly subresource?: string;
  };
  readonly responseStatus?: { readonly code?: number };
}

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

const textOf = (verb: string, group: string, resource: string): string => `${verb} ${group}/${resource}`;

/** What somebody has done by an API server's audit log: "patch cilium.io/ciliumnetworkpolicies/status". */
export function doneBy(user: string, auditLog: string): ReadonlySet<string> {
  const done = new Set<string>();
  // The last may be just being written.
  for (const line of readFileSync(auditLog, 'utf8').split('\n').slice(0, -1)) {
    if (!line.includes(user)) continue;
    const { verb, user: who, objectRef: about, responseStatus } = JSON.parse(line) as AuditEvent;
    if (who.username !== user || !about?.resource || responseStatus?.code === 403) continue;
    const resource = [about.resource, about.subresource].filter(Boolean).join('/');
    done.add(textOf(verb, about.apiGroup ?? '', resource));
  }
  return done;
}

/** What Roles and ClusterRoles allow, in the same words. */
export function allowedBy(manifests: readonly Manifest[]): ReadonlySet<string> {
  const rules = manifests
    .filter(({ kind }) => kind === 'Role' || kind === 'ClusterRole')
    .flatMap((role) => role.rules as readonly Rule[]);
  return new Set(
    rules.flatMap(({ apiGroups, resources, verbs }) =>
      apiGroups.flatMap((group) =>
        resources.flatMap((resource) => verbs.map((verb) => textOf(verb, group, resource))),
      ),
    ),
  );
}
