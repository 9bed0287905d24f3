/** The few names of which random clusters are made. */
export const words = {
  namespaces: ['a', 'b'],
  nodes: ['n1', 'n2', 'n3'],
  keys: ['app', 'tier', 'pod-template-hash'],
  /** Those that every kind of label selector sees. */
  plainKeys: ['app', 'tier'],
  values: ['web', 'db'],
  groups: ['dmz', 'office', 'partner'],
  services: ['s1', 's2'],
  ports: ['http', 'dns'],
} as const;
