import type { StructLayout } from '@weir/node-agent/src/image/layout.ts';

/** What a flow leaves behind, as in bpf/include/flow.h. */
export const entryLayout = {
  size: 16,
  offsets: { expires: 0, cookie: 8, fin: 12, closing: 14, pad: 15 },
} as const satisfies StructLayout;

/** As in bpf/include/flow.h. */
export const fragmentLayout = { size: 8, offsets: { expires: 0 } } as const satisfies StructLayout;
