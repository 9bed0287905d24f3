import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openAuthority } from '../trust/authority.ts';
import type { CertificateOptions } from './command.ts';

/** Issues a node's certificate and copies it where the agent will read it; the key keeps its mode. */
export async function certificate(options: CertificateOptions, clock: () => number): Promise<void> {
  const authority = await openAuthority(options.state, clock);
  const { folder } = await authority.issueNode(options.node);
  await mkdir(options.out, { recursive: true });
  for (const file of ['ca.crt', 'tls.crt', 'tls.key'])
    await copyFile(join(folder, file), join(options.out, file));
}
