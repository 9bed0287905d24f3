import assert from 'node:assert/strict';
import type { Peer } from '../model/policy.ts';
import type { Settings } from '../model/settings.ts';
import { evaluateEndpoint } from './evaluate-endpoint.ts';
import type { Direction, Side } from './side.ts';
import {
  at,
  cidr,
  clusterOf,
  endpoints,
  entity,
  isolating,
  item,
  labelled,
  named,
  node,
  pod,
  policy,
  prefix,
  requirement,
  slice,
  tcp,
} from './test-cluster.ts';

const web = pod('web', {
  addresses: [prefix('10.0.0.1'), prefix('fd00::1')],
  ports: [{ name: 'http', protocol: 'TCP', port: 8080 }],
});
const api = pod('api', {
  node: 'node-2',
  addresses: [prefix('10.0.0.2')],
  ports: [{ name: 'http', protocol: 'TCP', port: 9090 }],
});
const proxy = pod('proxy', { node: 'node-2', hostNetwork: true, addresses: [prefix('192.168.0.2')] });
const far = pod('web', { cluster: 'east', addresses: [prefix('10.9.0.1')] });
const cluster = [web, api, proxy, far, node('node-1', '192.168.0.1'), node('node-2', '192.168.0.2')];
const isWeb = labelled('app', 'web');
const isApi = labelled('app', 'api');

interface Question {
  readonly direction?: Direction;
  readonly peer?: Side;
  readonly port?: number;
  readonly subject?: typeof web;
  readonly settings?: Partial<Settings>;
}

/** "allow rule: shop/a spec.ingress[0]": may api reach web at TCP port 80, unless the question says otherwise. */
function ask(policies: readonly ReturnType<typeof policy>[], question: Question = {}): string {
  const { direction = 'ingress', peer = { kind: 'pod', pod: api }, port = 80, subject = web } = question;
  const state = clusterOf([...cluster, ...policies], question.settings);
  const answer = evaluateEndpoint(state, { subject, direction, peer, protocol: 'TCP', port });
  const origins = answer.origins.map(({ ref, path }) => ` ${ref.name}:${path}`);
  return [`${answer.verdict} ${answer.reason}`, ...origins].join('');
}

const allowing = (
  name: string,
  peers?: readonly Peer[],
  ports = tcp(0, 65535),
  direction: Direction = 'ingress',
) =>
  policy(name, isWeb, {
    [direction]: { defaultDeny: true, allow: [item(`spec.${direction}[0]`, peers, ports)], deny: [] },
  });

const denying = (name: string, peers?: readonly Peer[], ports = tcp(0, 65535)) =>
  policy(name, isWeb, {
    ingress: { defaultDeny: false, allow: [], deny: [item('spec.ingressDeny[0]', peers, ports)] },
  });

describe('evaluateEndpoint', () => {
  describe('precedence', () => {
    it('allows where no policy selects the subject', () => {
      assert.equal(ask([]), 'allow not-isolated');
      assert.equal(ask([policy('a', isApi, { ingress: isolating })]), 'allow not-isolated');
      assert.equal(ask([policy('a', isWeb, { egress: isolating })]), 'allow not-isolated');
    });

    it('denies by default where a policy isolates, and names it', () => {
      assert.equal(
        ask([policy('b', isWeb, { ingress: isolating }), allowing('a', [])]),
        'deny default a:spec b:spec',
      );
    });

    it('puts a deny rule before every allow rule, however narrow', () => {
      const narrow = allowing('a', [endpoints(isApi)], tcp(80));
      assert.equal(ask([narrow]), 'allow rule a:spec.ingress[0]');
      assert.equal(ask([narrow, denying('b', [entity('all')])]), 'deny rule b:spec.ingressDeny[0]');
    });

    it('denies without isolating where default deny is off', () => {
      const deny = [denying('a', undefined, tcp(80))];
      assert.equal(ask(deny, { port: 80 }), 'deny rule a:spec.ingressDeny[0]');
      assert.equal(ask(deny, { port: 81 }), 'allow not-isolated');
    });

    it('names all rules that decide alike', () => {
      assert.equal(ask([allowing('b'), allowing('a')]), 'allow rule a:spec.ingress[0] b:spec.ingress[0]');
    });
  });

  describe('settings', () => {
    it('enforces nothing with never', () =>
      assert.equal(ask([denying('a')], { settings: { enablePolicy: 'never' } }), 'allow disabled'));

    it('isolates every pod with always', () => {
      const settings = { enablePolicy: 'always' } as const;
      assert.equal(ask([], { settings }), 'deny default');
      assert.equal(ask([allowing('a')], { settings }), 'allow rule a:spec.ingress[0]');
    });

    it('lets a node reach its own pods unless a rule denies it or the setting says policy', () => {
      const closed = policy('a', isWeb, { ingress: isolating });
      const peer = at('192.168.0.1');
      assert.equal(ask([closed], { peer }), 'allow localhost');
      assert.equal(
        ask([closed, denying('b', [entity('host')])], { peer }),
        'deny rule b:spec.ingressDeny[0]',
      );
      assert.equal(ask([closed], { peer, settings: { allowLocalhost: 'policy' } }), 'deny default a:spec');
      assert.equal(ask([closed], { peer: at('192.168.0.2') }), 'deny default a:spec');
    });

    it('lets no pod reach its node by that', () => {
      const closed = policy('a', isWeb, { egress: isolating });
      assert.equal(ask([closed], { direction: 'egress', peer: at('192.168.0.1') }), 'deny default a:spec');
    });

    it('counts a node among the denied with always and no ingress rule, as Cilium does', () =>
      assert.equal(
        ask([], { peer: at('192.168.0.1'), settings: { enablePolicy: 'always' } }),
        'deny default',
      ));
  });

  describe('who the peer is', () => {
    const reaches = (rule: Peer, peer: Side) =>
      ask([allowing('a', [rule])], { peer }).startsWith('allow rule');

    it('knows a pod by its address', () => assert.ok(reaches(endpoints(isApi), at('10.0.0.2'))));

    it('sees a host-network pod as its node', () => {
      const peer: Side = { kind: 'pod', pod: proxy };
      assert.equal(reaches(endpoints(labelled('app', 'proxy')), peer), false);
      assert.ok(reaches(entity('remote-node'), peer));
      assert.ok(reaches(entity('host'), { kind: 'pod', pod: { ...proxy, node: 'node-1' } }));
    });

    it('does not govern a host-network pod or a pod of another cluster', () => {
      const deny = [policy('a', { requirements: [] }, { ingress: isolating })];
      assert.equal(ask(deny, { subject: proxy }), 'allow not-governed');
      assert.equal(ask(deny, { subject: far }), 'allow not-governed');
    });

    it('takes the subject itself for a peer as any other', () => {
      assert.equal(ask([denying('a')], { peer: at('fd00::1') }), 'deny rule a:spec.ingressDeny[0]');
      assert.ok(reaches(endpoints(isWeb), at('fd00::1')));
    });

    it('matches entities', () => {
      const who = {
        pod: at('10.0.0.2'),
        far: at('10.9.0.1'),
        host: at('192.168.0.1'),
        'other node': at('192.168.0.2'),
        outside: at('8.8.8.8'),
        init: { kind: 'entity', entity: 'init' },
      } as const;
      const reachedBy = (name: Parameters<typeof entity>[0]) =>
        Object.entries(who)
          .filter(([, peer]) => reaches(entity(name), peer))
          .map(([text]) => text);
      assert.deepEqual(reachedBy('all'), Object.keys(who));
      assert.deepEqual(reachedBy('none'), []);
      assert.deepEqual(reachedBy('world'), ['outside']);
      assert.deepEqual(reachedBy('host'), ['host']);
      assert.deepEqual(reachedBy('remote-node'), ['other node']);
      assert.deepEqual(reachedBy('cluster'), ['pod', 'host', 'other node', 'init']);
    });

    it('knows the addresses of special entities', () => {
      const special = {
        kind: 'SpecialAddress',
        name: 'x',
        entity: 'health',
        address: prefix('10.0.7.7'),
      } as const;
      const reached = (rule: Peer) => {
        const state = clusterOf([...cluster, special, allowing('a', [rule])]);
        const query = { subject: web, direction: 'ingress', peer: at('10.0.7.7'), protocol: 'TCP' } as const;
        return evaluateEndpoint(state, { ...query, port: 80 }).verdict === 'allow';
      };
      for (const name of ['health', 'cluster', 'cluster-mesh', 'all'] as const)
        assert.ok(reached(entity(name)), name);
      for (const name of ['init', 'world', 'unmanaged', 'ingress', 'host'] as const)
        assert.equal(reached(entity(name)), false, name);
      assert.equal(reached(cidr('10.0.0.0/8', 'external')), false);
      assert.equal(reached(cidr('10.0.0.0/8', 'nodes')), false);
      assert.ok(reached(cidr('10.0.0.0/8', 'pods')));
    });

    it('knows the API server by its endpoints, on a node and outside', () => {
      const api = { ...slice('kubernetes', [], '192.168.0.2', '8.8.8.8'), namespace: 'default' };
      const reachedFrom = (address: string, rule: Peer) => {
        const state = clusterOf([...cluster, api, allowing('a', [rule])]);
        const query = { subject: web, direction: 'ingress', peer: at(address), protocol: 'TCP' } as const;
        return evaluateEndpoint(state, { ...query, port: 80 }).reason === 'rule';
      };
      const names = ['kube-apiserver', 'remote-node', 'host', 'world', 'cluster', 'cluster-mesh'] as const;
      const whoIs = (address: string) => names.filter((name) => reachedFrom(address, entity(name)));
      assert.deepEqual(whoIs('192.168.0.2'), ['kube-apiserver', 'remote-node', 'cluster', 'cluster-mesh']);
      assert.deepEqual(whoIs('8.8.8.8'), ['kube-apiserver', 'world', 'cluster', 'cluster-mesh']);
      assert.deepEqual(whoIs('8.8.4.4'), ['world']);
      assert.deepEqual(whoIs('192.168.0.1'), ['host', 'cluster', 'cluster-mesh']);
      assert.ok(reachedFrom('8.8.8.8', cidr('8.0.0.0/8', 'external')));
    });

    it('selects nodes by their labels, the own one only where that is meant', () => {
      const big = { ...node('node-2', '192.168.0.2'), labels: new Map([['size', 'big']]) };
      const near = { ...node('node-1', '192.168.0.1'), labels: new Map([['size', 'big']]) };
      const reachedFrom = (address: string, includeLocal: boolean, value = 'big') => {
        const selector = { requirements: [requirement('node', 'size', 'In', value)] };
        const rule = allowing('a', [{ kind: 'nodes', selector, includeLocal }]);
        const state = clusterOf([web, api, big, near, rule]);
        const query = { subject: web, direction: 'ingress', peer: at(address), protocol: 'TCP' } as const;
        return evaluateEndpoint(state, { ...query, port: 80 }).reason === 'rule';
      };
      assert.ok(reachedFrom('192.168.0.2', false));
      assert.equal(reachedFrom('192.168.0.2', false, 'small'), false);
      assert.equal(reachedFrom('192.168.0.1', false), false);
      assert.ok(reachedFrom('192.168.0.1', true));
      assert.equal(reachedFrom('10.0.0.2', true), false);
    });

    it('tells entities apart by reserved labels', () => {
      const rule = endpoints({ requirements: [requirement('reserved', 'health', 'Exists')] });
      assert.ok(reaches(rule, { kind: 'entity', entity: 'health' }));
      assert.equal(reaches(rule, { kind: 'entity', entity: 'init' }), false);
    });

    it('keeps pods and nodes out of external blocks', () => {
      const everything = cidr('0.0.0.0/0', 'external');
      assert.ok(reaches(everything, at('8.8.8.8')));
      for (const inside of ['10.0.0.2', '192.168.0.1', '192.168.0.2', '10.9.0.1'])
        assert.equal(reaches(everything, at(inside)), false, inside);
      const reachedBy = (scope: Parameters<typeof cidr>[1]) =>
        ['10.0.0.2', '192.168.0.2', '8.8.8.8'].filter((address) =>
          reaches(cidr('0.0.0.0/0', scope), at(address)),
        );
      assert.deepEqual(reachedBy('all'), ['10.0.0.2', '192.168.0.2', '8.8.8.8']);
      assert.deepEqual(reachedBy('pods'), ['10.0.0.2', '8.8.8.8']);
      assert.deepEqual(reachedBy('nodes'), ['192.168.0.2', '8.8.8.8']);
    });

    it('leaves exceptions out of a block, which denies nothing', () => {
      const block = cidr('8.0.0.0/8', 'external', '8.8.0.0/16');
      assert.equal(reaches(block, at('8.8.8.8')), false);
      const both = [allowing('a', [block]), allowing('b', [cidr('8.8.8.0/24', 'external')])];
      assert.equal(ask(both, { peer: at('8.8.8.8') }), 'allow rule b:spec.ingress[0]');
    });

    it('matches a pod of both families by the address of the common one', () => {
      const rule = allowing('a', [cidr('10.0.0.1/32', 'all'), cidr('fd00::1/128', 'all')]);
      const four = { ...rule, rules: rule.rules.map((one) => ({ ...one, subject: isApi })) };
      assert.equal(
        ask([four], { subject: api, peer: { kind: 'pod', pod: web } }),
        'allow rule a:spec.ingress[0]',
      );
    });

    it('matches nobody by an empty list of peers', () => {
      const none = policy('a', isWeb, {
        ingress: {
          defaultDeny: true,
          allow: [{ path: 'spec.ingress[0]', peers: { kind: 'none' }, ports: { kind: 'all' } }],
          deny: [],
        },
      });
      assert.equal(ask([none]), 'deny default a:spec');
    });
  });

  describe('named ports', () => {
    it("means the subject's ports on ingress", () => {
      const rule = [allowing('a', undefined, named('http'))];
      assert.equal(ask(rule, { port: 8080 }), 'allow rule a:spec.ingress[0]');
      assert.equal(ask(rule, { port: 9090 }), 'deny default a:spec');
    });

    it("means the destination's ports on egress, and nothing where that is no pod", () => {
      const rule = [allowing('a', undefined, named('http'), 'egress')];
      assert.equal(ask(rule, { direction: 'egress', port: 9090 }), 'allow rule a:spec.egress[0]');
      assert.equal(ask(rule, { direction: 'egress', port: 8080 }), 'deny default a:spec');
      assert.equal(
        ask(rule, { direction: 'egress', port: 8080, peer: at('8.8.8.8') }),
        'deny default a:spec',
      );
    });
  });

  it('has ranges from a named port on ingress only', () => {
    const rule = (direction: Direction) => [allowing('a', undefined, named('http', 10000), direction)];
    assert.equal(ask(rule('ingress'), { port: 9000 }), 'allow rule a:spec.ingress[0]');
    assert.equal(ask(rule('ingress'), { port: 8079 }), 'deny default a:spec');
    assert.equal(ask(rule('egress'), { direction: 'egress', port: 9090 }), 'allow rule a:spec.egress[0]');
    assert.equal(ask(rule('egress'), { direction: 'egress', port: 9091 }), 'deny default a:spec');
  });

  it('tells the log text of the rules that decide', () => {
    const { rules, ...rest } = allowing('a');
    const noisy = { ...rest, rules: rules.map((rule) => ({ ...rule, log: 'payments' })) };
    const state = clusterOf([...cluster, noisy, allowing('b')]);
    const query = { subject: web, direction: 'ingress', protocol: 'TCP', port: 80 } as const;
    const { origins } = evaluateEndpoint(state, { ...query, peer: at('10.0.0.2') });
    assert.deepEqual(
      origins.map(({ ref, log }) => [ref.name, log]),
      [
        ['a', 'payments'],
        ['b', ''],
      ],
    );
  });

  it('names no port of a pod that a rule names by its address', () => {
    const block = cidr('10.0.0.0/8', 'all');
    const question = { direction: 'egress', port: 9090 } as const;
    assert.equal(ask([allowing('a', [block], named('http'), 'egress')], question), 'deny default a:spec');
    assert.equal(
      ask([allowing('a', [block, endpoints(isApi)], named('http'), 'egress')], question),
      'allow rule a:spec.egress[0]',
    );
  });

  it('keeps the isolation of a refused policy in force', () => {
    const isolation = policy('a', isWeb, { ingress: isolating });
    const state = clusterOf([
      ...cluster,
      { kind: 'RefusedPolicy', ref: isolation.ref, problems: [], isolation },
    ]);
    const peer: Side = { kind: 'pod', pod: api };
    const answer = evaluateEndpoint(state, {
      subject: web,
      direction: 'ingress',
      peer,
      protocol: 'TCP',
      port: 80,
    });
    assert.equal(answer.verdict, 'deny');
  });
});
