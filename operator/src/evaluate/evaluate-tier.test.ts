import assert from 'node:assert/strict';
import type { ClusterObject } from '../model/event.ts';
import { evaluateEndpoint } from './evaluate-endpoint.ts';
import {
  clusterOf,
  endpoints,
  isolating,
  item,
  labelled,
  node,
  pod,
  policy,
  prefix,
  tcp,
  tiered,
} from './test-cluster.ts';

const web = pod('web', { addresses: [prefix('10.0.0.1')] });
const api = pod('api', { addresses: [prefix('10.0.0.2')] });
const isWeb = labelled('app', 'web');
const fromApi = [endpoints(labelled('app', 'api'))];
const fromWeb = [endpoints(isWeb)];

/** May api reach web at TCP 80. */
function ask(...objects: readonly ClusterObject[]): string {
  const state = clusterOf([web, api, node('node-1', '192.168.0.1'), ...objects]);
  const query = { subject: web, direction: 'ingress', peer: { kind: 'pod', pod: api } } as const;
  const { verdict, reason, origins } = evaluateEndpoint(state, { ...query, protocol: 'TCP', port: 80 });
  return [`${verdict} ${reason}`, ...origins.map(({ ref, path }) => `${ref.name}:${path}`)].join(' ');
}

const closed = policy('closed', isWeb, { ingress: isolating });
const open = policy('open', isWeb, {
  ingress: { defaultDeny: true, allow: [item('spec.ingress[0]')], deny: [] },
});
const denying = policy('denying', isWeb, {
  ingress: { defaultDeny: false, allow: [], deny: [item('spec.ingressDeny[0]')] },
});

describe('tiers', () => {
  it('decides by the first rule that matches, by priority, then by name', () => {
    assert.equal(
      ask(tiered('a', 'admin', 1, isWeb, ['accept', fromWeb], ['deny', fromApi], ['accept'])),
      'deny rule a:spec.ingress[1]',
    );
    const accept = tiered('a', 'admin', 2, isWeb, ['accept']);
    assert.equal(ask(accept, tiered('b', 'admin', 1, isWeb, ['deny'])), 'deny rule b:spec.ingress[0]');
    assert.equal(ask(accept, tiered('b', 'admin', 2, isWeb, ['deny'])), 'allow rule a:spec.ingress[0]');
    assert.equal(ask(tiered('b', 'admin', 2, isWeb, ['deny']), accept), 'allow rule a:spec.ingress[0]');
  });

  it('isolates nobody', () => {
    assert.equal(ask(tiered('a', 'admin', 1, isWeb, ['accept', fromWeb])), 'allow not-isolated');
    assert.equal(ask(tiered('a', 'baseline', 1, isWeb, ['deny', fromWeb])), 'allow not-isolated');
    assert.equal(ask(tiered('a', 'admin', 1, labelled('app', 'api'), ['deny'])), 'allow not-isolated');
    assert.equal(ask(tiered('a', 'admin', 1, isWeb, ['deny', undefined, tcp(81)])), 'allow not-isolated');
  });

  it('puts Admin before the other kinds, their deny rules too', () => {
    assert.equal(ask(closed, tiered('a', 'admin', 1, isWeb, ['accept'])), 'allow rule a:spec.ingress[0]');
    assert.equal(ask(denying, tiered('a', 'admin', 1, isWeb, ['accept'])), 'allow rule a:spec.ingress[0]');
    assert.equal(ask(open, tiered('a', 'admin', 1, isWeb, ['deny'])), 'deny rule a:spec.ingress[0]');
  });

  it('leaves the Admin tier with Pass, whatever its other policies say', () => {
    const deny = tiered('z', 'admin', 9, isWeb, ['deny']);
    const pass = tiered('a', 'admin', 1, isWeb, ['pass'], ['deny']);
    assert.equal(ask(pass, deny), 'allow not-isolated');
    assert.equal(ask(pass, deny, closed), 'deny default closed:spec');
    assert.equal(ask(pass, deny, open), 'allow rule open:spec.ingress[0]');
    assert.equal(ask(pass, deny, tiered('b', 'baseline', 1, isWeb, ['deny'])), 'deny rule b:spec.ingress[0]');
  });

  it('asks Baseline only where nothing matches and nothing isolates', () => {
    const deny = tiered('a', 'baseline', 1, isWeb, ['deny']);
    assert.equal(ask(deny), 'deny rule a:spec.ingress[0]');
    assert.equal(ask(deny, open), 'allow rule open:spec.ingress[0]');
    assert.equal(ask(closed, tiered('a', 'baseline', 1, isWeb, ['accept'])), 'deny default closed:spec');
    assert.equal(ask(deny, policy('e', isWeb, { egress: isolating })), 'deny rule a:spec.ingress[0]');
    const silent = policy('s', isWeb, {
      ingress: { defaultDeny: false, allow: [item('spec.ingress[0]', fromWeb)], deny: [] },
    });
    assert.equal(ask(deny, silent), 'deny rule a:spec.ingress[0]');
  });
});
