import assert from 'node:assert/strict';
import { type Backend, backendsAnywhere, backendsOn, backendsWithin } from './bundle/service-backends.ts';
import { backendsOf } from './evaluate/service-backends.ts';
import { backend, clusterOf, service, slice, terminating } from './evaluate/test-cluster.ts';
import type { EndpointSlice, ServicePort } from './model/service.ts';

type Endpoint = EndpointSlice['endpoints'][number];

/** Who serves packets that come to a service, by kube-proxy's rules; the last byte of each address stands for it. */
interface State {
  readonly name: string;
  /** Of one slice each. */
  readonly slices: readonly (readonly Endpoint[])[];
  readonly within: readonly string[];
  readonly onN1: readonly string[];
  readonly anywhere: readonly string[];
}

const ended = { ready: false, serving: false, terminating: true } as const;
const starting = { ready: false, serving: false } as const;
const [n1, n2] = [{ node: 'n1' }, { node: 'n2' }] as const;

const states: readonly State[] = [
  { name: 'nobody', slices: [], within: [], onN1: [], anywhere: [] },
  {
    name: 'ready ones, and others beside them',
    slices: [
      [backend('10.0.0.1', n1), backend('10.0.0.2', n2)],
      [backend('10.0.0.3', { ...terminating, ...n1 }), backend('10.0.0.4', { ...starting, ...n1 })],
    ],
    within: ['1', '2'],
    onN1: ['1'],
    anywhere: ['1', '2'],
  },
  {
    name: 'only terminating ones, of which some still serve',
    slices: [
      [backend('10.0.0.1', { ...terminating, ...n1 }), backend('10.0.0.2', { ...terminating, ...n2 })],
      [backend('10.0.0.3', { ...ended, ...n1 }), backend('10.0.0.4', starting)],
    ],
    within: ['1', '2'],
    onN1: ['1'],
    anywhere: ['1', '2'],
  },
  {
    name: 'one that is not ready, and not terminating either',
    slices: [[backend('10.0.0.1', { ready: false, serving: true, ...n1 })]],
    within: [],
    onN1: [],
    anywhere: [],
  },
  {
    name: 'a ready one on one node, and a terminating one on another',
    slices: [[backend('10.0.0.1', { ...terminating, ...n1 }), backend('10.0.0.2', n2)]],
    within: ['2'],
    onN1: ['1'],
    anywhere: ['1', '2'],
  },
  {
    name: 'ones on no node',
    slices: [[backend('10.0.0.1', terminating), backend('10.0.0.2', n2)]],
    within: ['2'],
    onN1: [],
    anywhere: ['2'],
  },
  {
    name: 'published while not ready, as publishNotReadyAddresses has it, also of a terminating pod',
    slices: [
      [
        backend('10.0.0.1', { ready: true, serving: false, ...n1 }),
        backend('10.0.0.2', { ready: true, serving: false, terminating: true, ...n2 }),
      ],
    ],
    within: ['1', '2'],
    onN1: ['1'],
    anywhere: ['1', '2'],
  },
  {
    name: 'an address that has come to another pod, which is not ready yet',
    slices: [[backend('10.0.0.1', { ...terminating, ...n1 })], [backend('10.0.0.1', { ...starting, ...n2 })]],
    within: [],
    onN1: [],
    anywhere: [],
  },
  {
    name: 'an address that has come to another pod, which is ready',
    slices: [
      [backend('10.0.0.1', n2)],
      [backend('10.0.0.1', { ...terminating, ...n1 }), backend('10.0.0.2', n1)],
    ],
    within: ['1', '2'],
    onN1: ['2'],
    anywhere: ['1', '2'],
  },
];

const port: ServicePort = { name: 'sql', protocol: 'TCP', port: 1, targetPort: 5432, nodePort: 30_001 };
const sql = [{ name: 'sql', protocol: 'TCP', port: 5432 }] as const;
const slicesOf = ({ slices }: State): readonly EndpointSlice[] =>
  slices.map((endpoints, at) => ({ ...slice('db', sql, ...endpoints), name: `db-${at}` }));

const compiled = (backends: readonly Backend[]): readonly string[] =>
  backends.map(({ address }) => String(address.at(-1)));

function evaluated(
  state: State,
  family: 4 | 6,
  isInternal: boolean,
  policies: { readonly internalTrafficLocal?: boolean; readonly externalTrafficLocal?: boolean },
): readonly string[] {
  const db = service('db', { ports: [port], ...policies });
  const cluster = clusterOf([db, ...slicesOf(state)]);
  const found = backendsOf(cluster, { service: db, port, family, isInternal }, 'n1');
  return found.map(({ address }) => String(address.address.at(-1)));
}

describe('backends of a service, compiled and evaluated', () => {
  for (const state of states) {
    it(`are right with ${state.name}`, () => {
      const slices = slicesOf(state);
      assert.deepEqual(compiled(backendsWithin(port, slices)), state.within);
      assert.deepEqual(compiled(backendsOn(port, slices, 'n1')), state.onN1);
      assert.deepEqual(compiled(backendsAnywhere(port, slices)), state.anywhere);
      const near = { internalTrafficLocal: true } as const;
      const kept = { externalTrafficLocal: true } as const;
      assert.deepEqual(evaluated(state, 4, true, kept), state.within);
      assert.deepEqual(evaluated(state, 4, false, near), state.within);
      assert.deepEqual(evaluated(state, 4, true, near), state.onN1);
      assert.deepEqual(evaluated(state, 4, false, kept), state.anywhere);
    });
  }

  it('are chosen in each family for itself', () => {
    const state: State = {
      name: '',
      slices: [[backend('10.0.0.1'), backend('10.0.0.2', terminating)], [backend('fd00::3', terminating)]],
      within: ['1', '3'],
      onN1: [],
      anywhere: ['1', '3'],
    };
    assert.deepEqual(compiled(backendsWithin(port, slicesOf(state))), state.within);
    assert.deepEqual(compiled(backendsAnywhere(port, slicesOf(state))), state.anywhere);
    assert.deepEqual([...evaluated(state, 4, true, {}), ...evaluated(state, 6, true, {})], state.within);
  });
});
