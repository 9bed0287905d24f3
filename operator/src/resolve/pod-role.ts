import { podKey } from '../model/cluster.ts';
import type { Pod } from '../model/endpoint.ts';

/** Pods that are peers by their labels: the others hold no address of their own. */
export const isPeer = (pod: Pod): boolean => !pod.finished && !pod.hostNetwork && pod.addresses.length > 0;

/** Pods that policies govern. */
export const isSubject = (pod: Pod): boolean => isPeer(pod) && pod.cluster === undefined && pod.node !== '';

/** Of pods that claim one address (or one uid) the first holds it: who stays, then who started later, then the greater uid. */
export function claimsBefore(a: Pod, b: Pod): boolean {
  if (a.terminating !== b.terminating) return b.terminating;
  if (a.started !== b.started) return a.started > b.started;
  if (a.uid !== b.uid) return a.uid > b.uid;
  return podKey(a) > podKey(b);
}

/** Names the endpoint; manifests without a server's hand have no uid. */
export const endpointUid = (pod: Pod): string => pod.uid || podKey(pod);
