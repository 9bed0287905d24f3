import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  endpointLayout,
  eventLayout,
  nodeLargeLayout,
  nodeSmallLayout,
  nodeWideLayout,
  type StructLayout,
} from '@weir/node-agent/src/image/layout.ts';
import { programInfo } from '@weir/node-agent/src/kernel/bpf-syscall.ts';
import { entryLayout, fragmentLayout } from './flow-layout.ts';
import { objectFile, Programs } from './programs.ts';

interface BtfType {
  readonly kind: string;
  readonly name: string;
  readonly size?: number;
  readonly members?: readonly { readonly name: string; readonly bits_offset: number }[];
}

const types = (): readonly BtfType[] =>
  JSON.parse(
    execFileSync('bpftool', ['-j', 'btf', 'dump', 'file', objectFile], {
      encoding: 'utf8',
      maxBuffer: 1 << 26,
      env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` },
    }),
  ).types;

const structs: Readonly<Record<string, StructLayout>> = {
  endpoint: endpointLayout,
  node_small: nodeSmallLayout,
  node_large: nodeLargeLayout,
  node_wide: nodeWideLayout,
  event: eventLayout,
  ct_entry: entryLayout,
  frag_entry: fragmentLayout,
};

describe('the compiled programs', () => {
  it('stay under 50,000 verified instructions', async () => {
    const programs = await Programs.load();
    try {
      for (const fd of [programs.egress, programs.ingress]) {
        const { name, verifiedInstructions } = programInfo(fd);
        assert.ok(
          verifiedInstructions > 1000 && verifiedInstructions <= 50_000,
          `${name}: ${verifiedInstructions}`,
        );
      }
    } finally {
      programs.close();
    }
  });

  it('have the two programs that the agent attaches', () => {
    const functions = types().filter(({ kind }) => kind === 'FUNC');
    for (const name of ['pod_egress', 'pod_ingress']) assert.ok(functions.some((type) => type.name === name));
  });

  for (const [name, layout] of Object.entries(structs))
    it(`agree with TypeScript about struct ${name}`, () => {
      const type = types().find((each) => each.kind === 'STRUCT' && each.name === name);
      assert.ok(type, `${objectFile} has no struct ${name}`);
      const offsets = Object.fromEntries(
        (type.members ?? []).map((member) => [member.name, member.bits_offset / 8]),
      );
      assert.deepEqual({ size: type.size, offsets }, { size: layout.size, offsets: { ...layout.offsets } });
    });
});
