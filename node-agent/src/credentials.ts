import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CredentialFiles } from './config.ts';
import { AgentError } from './errors.ts';
import type { ClientTls } from './sync/open-stream.ts';

/** Agents may know the operator by an address alone. */
const serverName = 'weir-operator';

/** What the files hold now. Throws AgentError `credentials`. */
export async function readCredentials(files: CredentialFiles): Promise<ClientTls> {
  if (files.kind === 'token') {
    const token = (await read(files.token)).toString().trim();
    if (!/^[\w.~+/=-]+$/.test(token)) throw new AgentError('credentials', `${files.token} holds no token`);
    return { ca: await read(files.ca), token, serverName };
  }
  const { folder } = files;
  return {
    ca: await read(join(folder, 'ca.crt')),
    cert: await read(join(folder, 'tls.crt')),
    key: await read(join(folder, 'tls.key')),
    serverName,
  };
}

async function read(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new AgentError('credentials', `${path} can not be read: ${why}`, { path }, error);
  }
}
