import { type CaseQuery, type CaseSide, isEndpointQuery } from './case.ts';

/** The pod that is asked about stands in brackets. */
export function describeQuery(query: CaseQuery): string {
  const packet = `${query.protocol} ${query.port}`;
  if (!isEndpointQuery(query)) return `${describeSide(query.from)} -> ${describeSide(query.to)} ${packet}`;
  const peer = describeSide(query.peer);
  return query.direction === 'ingress'
    ? `${peer} -> (${query.subject}) ${packet}`
    : `(${query.subject}) -> ${peer} ${packet}`;
}

function describeSide(side: CaseSide): string {
  if ('pod' in side) return side.pod;
  return 'ip' in side ? side.ip : side.entity;
}
