import assert from 'node:assert/strict';
import { accepted, manifest, onlyRule, portTexts, problemTexts, refused } from './test-decode.ts';

const policy = (icmps: unknown): object =>
  manifest('CiliumNetworkPolicy', { spec: { endpointSelector: {}, ingress: [{ icmps }] } });

describe('a Cilium policy’s ICMP types', () => {
  const table: readonly [icmps: unknown, expected: readonly string[] | 'all' | 'none'][] = [
    [[{ fields: [{ type: 8 }] }], ['ICMPv4 8']],
    [[{ fields: [{ type: '8' }, { family: 'IPv4', type: 0 }] }], ['ICMPv4 8', 'ICMPv4 0']],
    [[{ fields: [{ type: 'EchoRequest' }, { type: 'Echo' }] }], ['ICMPv4 8', 'ICMPv4 8']],
    [[{ fields: [{ family: 'IPv6', type: 'EchoRequest' }] }], ['ICMPv6 128']],
    [
      [{ fields: [{ type: 3 }] }, { fields: [{ family: 'IPv6', type: 255 }] }],
      ['ICMPv4 3', 'ICMPv6 255'],
    ],
    [[{ fields: [{ type: 256 }, { type: 65_535 }] }], ['ICMPv4 256', 'ICMPv4 256']],
    [[{ fields: [] }], 'none'],
    [[{}], 'none'],
    [[], 'all'],
  ];
  for (const [icmps, expected] of table)
    it(`${JSON.stringify(icmps)} is ${expected}`, () => {
      const [item] = onlyRule(accepted(policy(icmps))).ingress.allow;
      assert.ok(item);
      assert.deepEqual(portTexts(item), expected);
    });

  const at = 'spec.ingress[0].icmps[0].fields';
  const type = (version: number, value: string): string =>
    `${at}[0].type: must be a number from 0 to 255 or the name of an ICMP type of IPv${version}, is ${value}`;
  const wrong: readonly [field: object, problem: string][] = [
    [{ type: '256' }, type(4, '"256"')],
    [{ type: '08' }, type(4, '"08"')],
    [{ type: 'Ping' }, type(4, '"Ping"')],
    [{ type: 'PacketTooBig' }, type(4, '"PacketTooBig"')],
    [{ family: 'IPv6', type: 'Redirect' }, type(6, '"Redirect"')],
    [{ type: 'ExtendedEchoReply' }, type(4, '"ExtendedEchoReply"')],
    [{}, type(4, 'absent')],
    [{ type: -1 }, `${at}[0].type: must be a whole number from 0 to 65535, is -1`],
    [{ family: 'IPv5', type: 8 }, `${at}[0].family: must be IPv4 or IPv6, is "IPv5"`],
  ];
  for (const [field, problem] of wrong)
    it(`${JSON.stringify(field)} is refused`, () =>
      assert.deepEqual(problemTexts(refused(policy([{ fields: [field] }])).problems), [problem]));

  it('are at most 40', () => {
    const { problems } = refused(policy([{ fields: Array.from({ length: 41 }, () => ({ type: 8 })) }]));
    assert.deepEqual(problemTexts(problems), [`${at}: has 41 types; at most 40 are allowed`]);
  });
});
